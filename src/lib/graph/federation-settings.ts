import type {FederatedIdpMfaBehavior, FederationSettings} from '../model/federation-settings.ts'
import type {GraphApi} from './graph-api.ts'
import {type Json, optionalFlag, optionalText, present, text} from './json.ts'
import {segment} from './odata.ts'

/** The federation configuration of a domain; a managed domain has none. */
export interface FederationSettingsClient {
  find(domain: string): Promise<FederationSettings | undefined>
  /** Makes a managed domain federated. */
  create(domain: string, settings: FederationSettings): Promise<void>
  /** Changes what is given; null clears a setting. */
  update(domain: string, change: FederationSettingsChange): Promise<void>
  /** Makes the domain managed. */
  remove(domain: string): Promise<void>
}

/** Settings to change; null clears one. */
export type FederationSettingsChange = {
  readonly [Name in keyof FederationSettings]?: Exclude<FederationSettings[Name], undefined> | null
}

/** Our names and Graph's for the settings that Graph has a home for. */
const names = {
  activeLogOnUri: 'activeSignInUri',
  federationBrandName: 'displayName',
  issuerUri: 'issuerUri',
  logOffUri: 'signOutUri',
  metadataExchangeUri: 'metadataExchangeUri',
  nextSigningCertificate: 'nextSigningCertificate',
  passiveLogOnUri: 'passiveSignInUri',
  passwordResetUri: 'passwordResetUri',
  preferredAuthenticationProtocol: 'preferredAuthenticationProtocol',
  promptLoginBehavior: 'promptLoginBehavior',
  signingCertificate: 'signingCertificate',
  federatedIdpMfaBehavior: 'federatedIdpMfaBehavior',
  isSignedAuthenticationRequestRequired: 'isSignedAuthenticationRequestRequired',
} as const satisfies {readonly [Name in keyof FederationSettings]?: string}

/** The settings that can be written; the others of MSOnline have no home in Graph. */
export const writableFederationSettings = Object.keys(names) as readonly (keyof typeof names)[]

const protocols = {WsFed: 'wsFed', Samlp: 'saml'} as const
const prompts = {
  TranslateToFreshPasswordAuth: 'translateToFreshPasswordAuthentication',
  NativeSupport: 'nativeSupport',
  Disabled: 'disabled',
} as const

/** Federation settings over the Graph API. */
export function federationSettingsClient(api: GraphApi): FederationSettingsClient {
  const path = (domain: string): string => `/domains/${segment(domain)}/federationConfiguration`
  const findJson = async (domain: string): Promise<Json | undefined> => {
    // Graph answers 404 for a managed domain, and for one that does not exist: the domain is asked first.
    const {authenticationType} = await api.get(`/domains/${segment(domain)}`, `domain ${domain}`)
    if (authenticationType !== 'Federated') return undefined
    for await (const json of api.list(path(domain))) return json
    return undefined
  }
  const idOf = async (domain: string): Promise<string> => text((await findJson(domain)) ?? {}, 'id')
  return {
    async find(domain) {
      const json = await findJson(domain)
      return json === undefined ? undefined : toSettings(json)
    },
    create: async (domain, settings) =>
      void (await api.post(path(domain), {
        '@odata.type': '#microsoft.graph.internalDomainFederation',
        ...toGraph(settings),
      })),
    update: async (domain, change) => api.patch(`${path(domain)}/${segment(await idOf(domain))}`, toGraph(change)),
    remove: async (domain) => api.delete(`${path(domain)}/${segment(await idOf(domain))}`),
  }
}

function toGraph(change: FederationSettingsChange): Json {
  const entries = Object.entries(names).flatMap(([ours, graph]) => {
    const value = change[ours as keyof typeof names]
    return value === undefined ? [] : [[graph, toGraphValue(ours, value)] as const]
  })
  return Object.fromEntries(entries)
}

function toGraphValue(name: string, value: unknown): unknown {
  if (name === 'preferredAuthenticationProtocol') return protocols[value as keyof typeof protocols] ?? null
  if (name === 'promptLoginBehavior') return prompts[value as keyof typeof prompts] ?? null
  return value
}

function toSettings(json: Json): FederationSettings {
  const update = json['signingCertificateUpdateStatus'] as Json | null | undefined
  return present({
    activeLogOnUri: optionalText(json, 'activeSignInUri'),
    federationBrandName: optionalText(json, 'displayName'),
    issuerUri: text(json, 'issuerUri'),
    logOffUri: optionalText(json, 'signOutUri'),
    metadataExchangeUri: optionalText(json, 'metadataExchangeUri'),
    nextSigningCertificate: optionalText(json, 'nextSigningCertificate'),
    passiveLogOnUri: optionalText(json, 'passiveSignInUri'),
    passwordResetUri: optionalText(json, 'passwordResetUri'),
    preferredAuthenticationProtocol: named(protocols, optionalText(json, 'preferredAuthenticationProtocol')),
    promptLoginBehavior: named(prompts, optionalText(json, 'promptLoginBehavior')),
    signingCertificate: optionalText(json, 'signingCertificate'),
    signingCertificateUpdateStatus: update == null ? undefined : optionalText(update, 'certificateUpdateResult'),
    federatedIdpMfaBehavior: optionalText(json, 'federatedIdpMfaBehavior') as FederatedIdpMfaBehavior | undefined,
    isSignedAuthenticationRequestRequired: optionalFlag(json, 'isSignedAuthenticationRequestRequired'),
  })
}

const named = <Names extends Readonly<Record<string, string>>>(
  table: Names,
  value: string | undefined,
): keyof Names | undefined => Object.keys(table).find((name) => table[name] === value)
