import {type KeyObject, X509Certificate} from 'node:crypto'

/** What a trust needs to know of an X.509 certificate, and the certificate itself. */
export interface SigningCertificate {
  /** RFC 4514, the most specific part first, as Windows shows it: `CN=ADFS Signing - sts.contoso.com, O=Contoso`. */
  readonly subject: string
  readonly issuer: string
  /** SHA-1 of the DER: 40 hex digits, upper case, no colons, as AD FS and Windows show it. */
  readonly thumbprint: string
  /** SHA-256 of the DER, in the same form. */
  readonly sha256: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** `rsa`, `ec`, `ed25519` …: Node's name of the key's kind. */
  readonly keyType: string
  /** In bits. */
  readonly keySize: number
  /** The name of RFC 4055 or 5758, `sha256WithRSAEncryption`; the object identifier where there is no name. */
  readonly signatureAlgorithm: string
  readonly der: Uint8Array
}

/** The certificate of these DER bytes; undefined when they are not exactly one certificate with a key this machine knows. */
export function findCertificate(der: Uint8Array): SigningCertificate | undefined {
  try {
    const x509 = new X509Certificate(der)
    // OpenSSL forgives what follows the certificate, and looks for PEM first; what is stored must be what was read.
    return x509.raw.equals(der) ? toSigningCertificate(x509) : undefined
  } catch {
    return undefined
  }
}

function toSigningCertificate(x509: X509Certificate): SigningCertificate {
  const {publicKey} = x509
  return {
    subject: toNameText(x509.subject),
    issuer: toNameText(x509.issuer),
    thumbprint: x509.fingerprint.replaceAll(':', ''),
    sha256: x509.fingerprint256.replaceAll(':', ''),
    notBefore: x509.validFromDate,
    notAfter: x509.validToDate,
    keyType: publicKey.asymmetricKeyType ?? 'unknown',
    keySize: toKeySize(publicKey),
    signatureAlgorithm: x509.signatureAlgorithm ?? x509.signatureAlgorithmOid,
    der: x509.raw,
  }
}

/** Whole days from `now` until the certificate ends; negative once it has. */
export const toDaysLeft = (certificate: SigningCertificate, now: Date): number =>
  Math.floor((certificate.notAfter.getTime() - now.getTime()) / millisecondsPerDay)

const millisecondsPerDay = 24 * 60 * 60 * 1000

/** Node gives one line a part, the most general first; an empty name is no string at all. */
const toNameText = (lines: string | undefined): string => (lines ?? '').split('\n').reverse().join(', ')

function toKeySize({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): number {
  if (asymmetricKeyDetails?.modulusLength !== undefined) return asymmetricKeyDetails.modulusLength
  // Named curves carry their size: secp384r1, prime256v1, brainpoolP512r1. Of ed25519 the number is no size.
  const digits = /\d+/.exec(asymmetricKeyDetails?.namedCurve ?? '')?.[0]
  return digits === undefined ? (edwardsKeySizes[asymmetricKeyType ?? ''] ?? 0) : Number(digits)
}

const edwardsKeySizes: Record<string, number> = {ed25519: 256, ed448: 456}
