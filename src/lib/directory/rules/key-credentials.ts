import {createHash, X509Certificate} from 'node:crypto'
import {badRequest, GraphFailure, invalidValue} from './graph-failure.ts'
import {type BodyOf, guidForm} from './property.ts'
import {timestamp} from './timestamp.ts'

/** What a body may say of a certificate; key and customKeyIdentifier are base64. */
export const keyCredentialRules = {
  customKeyIdentifier: {kind: 'text', max: 64},
  displayName: {kind: 'text', max: 256},
  endDateTime: {kind: 'time'},
  key: {kind: 'text', max: 16_384},
  keyId: {kind: 'text', form: guidForm},
  startDateTime: {kind: 'time'},
  type: {kind: 'text', oneOf: ['AsymmetricX509Cert']},
  usage: {kind: 'text', oneOf: ['Verify']},
} as const

/** What a body may say of a secret; the secret itself is never given. */
export const passwordCredentialRules = {
  customKeyIdentifier: {kind: 'text', max: 64},
  displayName: {kind: 'text', max: 256},
  endDateTime: {kind: 'time'},
  keyId: {kind: 'text', form: guidForm},
  startDateTime: {kind: 'time'},
} as const

/** From when until when; times are ISO 8601. */
export interface Validity {
  readonly startDateTime: string
  readonly endDateTime: string
}

/** What a certificate says of itself, as it is kept. */
export interface KeyColumns extends Validity {
  readonly certificate: string
  readonly customKeyIdentifier: string
  readonly displayName: string
  readonly type: string
  readonly usage: string
}

/** Reads a certificate that is given; it must be one, and its times must lie within those of the certificate. */
export function readKeyCredential(given: BodyOf<typeof keyCredentialRules>): KeyColumns {
  const certificate = readCertificate(given.key)
  const der = certificate.raw
  const [from, to] = [certificate.validFromDate, certificate.validToDate]
  const start = given.startDateTime == null ? from : new Date(given.startDateTime)
  const end = given.endDateTime == null ? to : new Date(given.endDateTime)
  if (start < from || start >= to) throw invalidDate('start')
  if (end > to || end <= start) throw invalidDate('end')
  return {
    certificate: der.toString('base64'),
    customKeyIdentifier: given.customKeyIdentifier ?? createHash('sha1').update(der).digest('hex').toUpperCase(),
    displayName: (given.displayName ?? certificate.subject.replaceAll('\n', ', ')).slice(0, 90),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    startDateTime: timestamp(start),
    endDateTime: timestamp(end),
  }
}

function readCertificate(key: string | null | undefined): X509Certificate {
  if (key == null) throw invalidValue('key', 'KeyCredential', 'a new certificate needs its bytes, base64 of DER')
  const der = /^[A-Za-z0-9+/\s]+=*\s*$/.test(key) ? Buffer.from(key, 'base64') : undefined
  try {
    if (der !== undefined) return new X509Certificate(der)
  } catch {
    // Falls through: it is no certificate, however it fails to be one.
  }
  throw new GraphFailure(400, 'Request_BadRequest', 'Key value is invalid certificate.', [
    {code: 'KeyCredentialsInvalidCertificate', target: 'keyCredentials'},
  ])
}

const invalidDate = (which: 'start' | 'end'): GraphFailure =>
  new GraphFailure(400, 'Request_BadRequest', `Key credential ${which} date is invalid.`, [
    {code: `KeyCredentialsInvalid${which === 'end' ? 'End' : 'Start'}Date`, target: 'keyCredentials'},
  ])

/** How long a secret holds: what was said, or two years from now. */
export function secretValidity(given: BodyOf<typeof passwordCredentialRules>, now: Date): Validity {
  const start = given.startDateTime == null ? now : new Date(given.startDateTime)
  const usual = new Date(start)
  usual.setUTCFullYear(start.getUTCFullYear() + 2)
  const end = given.endDateTime == null ? usual : new Date(given.endDateTime)
  if (end <= start) throw badRequest('The end date of a password credential must lie after its start date.')
  return {startDateTime: timestamp(start), endDateTime: timestamp(end)}
}
