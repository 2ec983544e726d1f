import {readCertificate} from '../certificates/read-certificates.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import {counted} from './counted.ts'
import {mfaMeanings} from './mfa-meanings.ts'
import type {TrustFacts} from './trust-facts.ts'

/** What a person must know before a domain is federated: who changes, who is left out, by which certificates and issuer. */
export function summarizeConversion({users, subdomains}: TrustFacts, settings: Partial<FederationSettings>): string[] {
  const without = users.filter(({immutableId}) => immutableId === undefined).length
  const {federatedIdpMfaBehavior: behavior} = settings
  return [
    `${counted(users.length, 'user')} will sign in at the identity provider.`,
    without === 0
      ? 'None of them lacks an immutable id.'
      : `${counted(without, 'user')} without an immutable id cannot sign in then.`,
    `Subdomains that follow: ${subdomains.length === 0 ? 'none' : subdomains.join(', ')}.`,
    `Signing certificate: ${shownCertificate(settings.signingCertificate)}.`,
    `Next signing certificate: ${shownCertificate(settings.nextSigningCertificate)}.`,
    `Issuer: ${settings.issuerUri ?? 'none'}.`,
    ...(behavior === undefined ? [] : [`Multi-factor authentication: ${mfaMeanings[behavior]}.`]),
  ]
}

function shownCertificate(text: string | undefined): string {
  if (text === undefined) return 'none'
  const reading = readCertificate(text)
  if (!reading.ok) return 'not readable'
  const {thumbprint, subject, notAfter} = reading.value
  return `${thumbprint} (${subject}, until ${notAfter.toISOString().slice(0, 10)})`
}
