import {findCertificateProblems} from '../certificates/find-certificate-problems.ts'
import {readCertificate} from '../certificates/read-certificates.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import type {Finding} from '../model/finding.ts'
import {finalError} from './found.ts'

/** What speaks against the signing certificates of a trust that is going to be written; pure. The next one may still be to come. */
export function findSigningCertificateProblems(
  domain: string,
  {signingCertificate, nextSigningCertificate}: Partial<FederationSettings>,
  now: Date,
): Finding[] {
  const current =
    signingCertificate === undefined
      ? [
          finalError(domain, {
            code: 'CertificateMissing',
            message: 'The certificate by which tokens are checked is missing.',
            hint: 'Give it with --signing-certificate, or read it from the provider with --metadata.',
          }),
        ]
      : problemsOf(domain, signingCertificate, now)
  const next = nextSigningCertificate === undefined ? [] : problemsOf(domain, nextSigningCertificate, now)
  return [...current, ...next.filter(({code}) => code !== 'CertificateNotYetValid')]
}

function problemsOf(domain: string, text: string, now: Date): Finding[] {
  const reading = readCertificate(text)
  if (reading.ok)
    return findCertificateProblems(reading.value, now).map((finding) =>
      finding.severity === 'error' ? {...finding, final: true} : finding,
    )
  return [
    finalError(domain, {
      code: 'CertificateUnreadable',
      message: `The signing certificate is not one: ${reading.problem}.`,
      hint: 'Export it again from the identity provider, as DER (.cer) or base64.',
    }),
  ]
}
