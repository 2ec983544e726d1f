import {type SigningCertificate, toDaysLeft} from '../../lib/certificates/signing-certificate.ts'
import type {CertificateSlot} from '../../lib/federation/list-trust-certificates.ts'
import {viewOf} from './view.ts'

/** A signing certificate as a record: where it was found, and what it says. */
export interface CertificateRecord extends CertificateOrigin {
  readonly subject: string
  readonly issuer: string
  readonly thumbprint: string
  readonly sha256: string
  /** ISO 8601. */
  readonly notBefore: string
  readonly notAfter: string
  readonly daysLeft: number
  readonly keySize: number
  readonly signatureAlgorithm: string
}

/** The trust or the file that holds a certificate. */
export interface CertificateOrigin {
  readonly domain?: string
  readonly slot?: CertificateSlot
  readonly file?: string
}

export const signingCertificateView = viewOf<CertificateRecord>(
  [
    'domain',
    'slot',
    'subject',
    'issuer',
    'thumbprint',
    'sha256',
    'notBefore',
    'notAfter',
    'daysLeft',
    'keySize',
    'signatureAlgorithm',
    'file',
  ],
  {table: ['domain', 'slot', 'file', 'thumbprint', 'daysLeft']},
)

/** The record of a certificate at this time. */
export function toCertificateRecord(
  certificate: SigningCertificate,
  {file, ...trust}: CertificateOrigin,
  now: Date,
): CertificateRecord {
  const {subject, issuer, thumbprint, sha256, notBefore, notAfter, keySize, signatureAlgorithm} = certificate
  return {
    ...trust,
    subject,
    issuer,
    thumbprint,
    sha256,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    daysLeft: toDaysLeft(certificate, now),
    keySize,
    signatureAlgorithm,
    ...(file === undefined ? {} : {file}),
  }
}
