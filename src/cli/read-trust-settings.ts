import {existsSync} from 'node:fs'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {FederationSettingsChange} from '../lib/graph/federation-settings.ts'
import {type FederationSettings, federatedIdpMfaBehaviors} from '../lib/model/federation-settings.ts'
import type {Context} from './context.ts'
import {describeProvider, type MetadataWanted, readOneCertificate} from './describe-provider.ts'
import type {Given} from './fedctl-command.ts'
import {givenPassphrase} from './flags/passphrase.ts'

const certificates = ['signingCertificate', 'nextSigningCertificate'] as const
const addresses = ['activeLogOnUri', 'logOffUri', 'metadataExchangeUri', 'passiveLogOnUri', 'passwordResetUri'] as const
const others = [
  'federatedIdpMfaBehavior',
  'federationBrandName',
  'isSignedAuthenticationRequestRequired',
  'issuerUri',
  'preferredAuthenticationProtocol',
  'promptLoginBehavior',
] as const

/** The settings that were given one by one: certificates read from their files, an empty text clears. */
export async function readSettingsChange(context: Context, given: Given): Promise<FederationSettingsChange> {
  const change: Record<string, unknown> = {}
  for (const name of [...addresses, ...others])
    if (given[name] !== undefined) change[name] = given[name] === '' ? null : given[name]
  for (const name of addresses) refuseNoAddress(change[name])
  refuseNoIssuer(change['issuerUri'])
  const file = given['passphraseFile'] as string | undefined
  // Standard input can be read once, and is for the key.
  const passphrase = givenPassphrase(context, file === '-' ? undefined : file)
  for (const name of certificates)
    if (given[name] !== undefined)
      change[name] = given[name] === '' ? null : await readCertificateValue(String(given[name]), passphrase)
  return change as FederationSettingsChange
}

/** The settings of a provider from its metadata, over them what was given one by one, and whether its multi-factor authentication counts. */
export async function readConversionSettings(context: Context, given: Given): Promise<Partial<FederationSettings>> {
  const federatedIdpMfaBehavior = await readMfaBehavior(context, given)
  const change = await readSettingsChange(context, given)
  const own = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null))
  return {
    ...(given['metadata'] === undefined ? {} : await fromMetadata(context, given)),
    ...own,
    federatedIdpMfaBehavior,
  }
}

/** As given, or as a person answers; Throws AnswerNeeded without a terminal. */
async function readMfaBehavior(context: Context, given: Given) {
  const {mfaMeanings} = await import('../lib/federation/mfa-meanings.ts')
  const behavior = federatedIdpMfaBehaviors.find((one) => one === given['federatedIdpMfaBehavior'])
  if (behavior !== undefined) return behavior
  // The careful one first: a mere Enter takes the first.
  const choices = federatedIdpMfaBehaviors
    .toReversed()
    .map((value) => ({value, name: `${value}: ${mfaMeanings[value]}`}))
  const {terminal} = context
  if (terminal.isInteractive)
    return terminal.prompts.choose('Does multi-factor authentication at the identity provider count?', choices)
  throw new FedctlError('AnswerNeeded', 'Say whether multi-factor authentication at the identity provider counts.', {
    details: choices.map(({name}) => name),
    hints: ['Give --federated-idp-mfa-behavior; rejectMfaByFederatedIdp is the careful one.'],
  })
}

async function fromMetadata(context: Context, given: Given): Promise<FederationSettings> {
  const {toFederationSettings} = await import('../lib/relying-party/to-federation-settings.ts')
  const wanted = given as unknown as MetadataWanted & Pick<FederationSettings, 'preferredAuthenticationProtocol'>
  const settings = toFederationSettings(await describeProvider(context, wanted), wanted.preferredAuthenticationProtocol)
  if (settings !== undefined) return settings
  throw new FedctlError(
    'MetadataUnreadable',
    `${wanted.metadata} describes a provider that does not speak ${wanted.preferredAuthenticationProtocol}.`,
  )
}

/** An issuer is any absolute URI (RFC 3986, 4.3). */
function refuseNoIssuer(value: unknown): void {
  if (typeof value !== 'string' || /^[a-z][a-z0-9+.-]*:[^\s<>"]+$/i.test(value)) return
  throw new FedctlError(
    'ValueMalformed',
    `--issuer-uri: "${value}" is not a URI as in urn:contoso:com or http://sts.contoso.com/adfs/services/trust.`,
  )
}

function refuseNoAddress(value: unknown): void {
  if (typeof value !== 'string' || URL.canParse(value)) return
  throw new FedctlError('ValueMalformed', `"${value}" is not a URL as in https://sts.contoso.com/adfs/ls/.`)
}

/** A certificate as base64, or the one in a file; as base64 of its DER. */
async function readCertificateValue(value: string, passphrase: string | undefined): Promise<string> {
  const {readCertificate} = await import('../lib/certificates/read-certificates.ts')
  const reading = readCertificate(value)
  if (!reading.ok && !existsSync(value)) {
    const isPath = value.length < 400
    if (isPath)
      throw new FedctlError('FileMissing', `There is no file ${value}.`, {
        hints: ['Give the certificate in a file, or as base64.'],
      })
    throw new FedctlError(
      'CertificateUnreadable',
      `"${value.slice(0, 40)}…" is not a certificate in base64: ${reading.problem}.`,
    )
  }
  const found = reading.ok ? reading.value : await readOneCertificate(value, passphrase)
  return Buffer.from(found.der).toString('base64')
}
