import type {FederationSettings} from '../../lib/model/federation-settings.ts'
import type {
  FederationProtocol,
  IdentityProviderDescription,
  ToldApartBy,
} from '../../lib/relying-party/identity-provider-description.ts'
import {viewOf} from './view.ts'

/** An identity provider as its metadata describes it: the settings a domain would get, and what is known of their certificates. */
export interface IdentityProviderRecord extends Omit<FederationSettings, 'federationBrandName'> {
  readonly displayName?: string
  readonly protocols: readonly FederationProtocol[]
  readonly signingThumbprint: string
  /** ISO 8601. */
  readonly signingNotAfter: string
  readonly nextSigningThumbprint?: string
  readonly nextSigningNotAfter?: string
  /** By what the current certificate was told from the others. */
  readonly toldApartBy: ToldApartBy
  /** Whether the signature of the document was verified. */
  readonly verified: boolean
  readonly validUntil?: string
  readonly source: string
}

export const identityProviderView = viewOf<IdentityProviderRecord>([
  'displayName',
  'issuerUri',
  {name: 'protocols', format: (value) => (value as readonly string[]).join(', ')},
  'preferredAuthenticationProtocol',
  'passiveLogOnUri',
  'activeLogOnUri',
  'metadataExchangeUri',
  'logOffUri',
  {name: 'signingCertificate', onRequest: true},
  'signingThumbprint',
  'signingNotAfter',
  {name: 'nextSigningCertificate', onRequest: true},
  'nextSigningThumbprint',
  'nextSigningNotAfter',
  'toldApartBy',
  'verified',
  'validUntil',
  'source',
])

/** The record of a description, from the side of one protocol. */
export function toIdentityProviderRecord(
  {roles, verified, validUntil}: IdentityProviderDescription,
  {federationBrandName: displayName, ...settings}: FederationSettings,
  source: string,
): IdentityProviderRecord {
  const role = roles.find(({protocol}) => protocol === settings.preferredAuthenticationProtocol) ?? roles[0]
  const {current, next, toldApartBy} = role.certificates
  return {
    ...(displayName === undefined ? {} : {displayName}),
    ...settings,
    protocols: roles.map(({protocol}) => protocol),
    signingThumbprint: current.thumbprint,
    signingNotAfter: current.notAfter.toISOString(),
    ...(next && {nextSigningThumbprint: next.thumbprint, nextSigningNotAfter: next.notAfter.toISOString()}),
    toldApartBy,
    verified,
    ...(validUntil && {validUntil: validUntil.toISOString()}),
    source,
  }
}
