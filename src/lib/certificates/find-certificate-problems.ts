import type {Finding} from '../model/finding.ts'
import {type SigningCertificate, toDaysLeft} from './signing-certificate.ts'

/** The directory looks for a successor in the last 30 days of a signing certificate. */
const expiresSoonDays = 30
const smallestRsaKeySize = 2048

/**
 * What speaks against signing tokens with this certificate at `now`; empty when nothing does. Pure. An error matters where the
 * certificate would be written: a trust that has such a certificate already must stay manageable.
 */
export function findCertificateProblems(certificate: SigningCertificate, now: Date): Finding[] {
  return [findValidityProblem(certificate, now), findKeyProblem(certificate), findSignatureProblem(certificate)].filter(
    (finding) => finding !== undefined,
  )
}

function findValidityProblem(certificate: SigningCertificate, now: Date): Finding | undefined {
  const {notBefore, notAfter} = certificate
  if (notAfter < now)
    return problem(certificate, {
      severity: 'error',
      code: 'CertificateExpired',
      message: `expired on ${toDay(notAfter)}`,
      hint: 'Make a new one (fedctl new-signing-certificate), or export the current one from the identity provider.',
    })
  if (notBefore > now)
    return problem(certificate, {
      severity: 'error',
      code: 'CertificateNotYetValid',
      message: `is not valid before ${notBefore.toISOString()}`,
      hint: 'Wait until then, or check the clocks of this machine and of the one that made it.',
    })
  const daysLeft = toDaysLeft(certificate, now)
  if (daysLeft >= expiresSoonDays) return undefined
  return problem(certificate, {
    severity: 'warning',
    code: 'CertificateExpiresSoon',
    message: `expires on ${toDay(notAfter)}, in ${daysLeft === 1 ? '1 day' : `${daysLeft} days`}`,
    hint: 'Have its successor ready and store it as the next signing certificate before that day.',
  })
}

function findKeyProblem(certificate: SigningCertificate): Finding | undefined {
  const {keyType, keySize} = certificate
  if (keyType !== 'rsa')
    return problem(certificate, {
      severity: 'error',
      code: 'CertificateKeyNotRsa',
      message: `has a key of the kind ${keyType}; tokens are signed with RSA keys only`,
      hint: 'Give a certificate with an RSA key of 2048 bits or more.',
    })
  if (keySize >= smallestRsaKeySize) return undefined
  return problem(certificate, {
    severity: 'error',
    code: 'CertificateKeyTooShort',
    message: `has an RSA key of ${keySize} bits; ${smallestRsaKeySize} are the least`,
    hint: 'Make a new one with a key of 2048, 3072 or 4096 bits (fedctl new-signing-certificate).',
  })
}

function findSignatureProblem(certificate: SigningCertificate): Finding | undefined {
  const {signatureAlgorithm} = certificate
  if (!/sha-?1(?!\d)|md[245]/i.test(signatureAlgorithm)) return undefined
  return problem(certificate, {
    severity: 'warning',
    code: 'CertificateSignatureWeak',
    message: `is itself signed with ${signatureAlgorithm}`,
    hint: 'Tokens are checked by its key alone, so it works; choose SHA-256 for its successor.',
  })
}

const problem = (
  {subject, thumbprint}: SigningCertificate,
  {message, ...finding}: Omit<Finding, 'subject'>,
): Finding => ({...finding, subject, message: `The certificate ${subject} (${thumbprint}) ${message}.`})

const toDay = (date: Date): string => date.toISOString().slice(0, 10)
