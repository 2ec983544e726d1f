import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import type {SigningCertificates, ToldApartBy} from './identity-provider-description.ts'

/** What speaks for one certificate or another. */
export interface CertificateHints {
  readonly now: Date
  /** Thumbprint (SHA-1, upper case) of the one the administrator named. */
  readonly chosen?: string | undefined
  /** Thumbprint of the one the metadata says it is signed with. */
  readonly signedBy?: string | undefined
  /** Thumbprints of the certificates the provider wants to be encrypted for. */
  readonly encryption: readonly string[]
}

/**
 * Which of the certificates that a provider publishes signs its tokens now, and which will follow. The order in the document says
 * nothing (AD FS and SimpleSAMLphp list the next one first as often as not); docs/decisions has the reasons for this order:
 * the administrator's choice, the key that signed the metadata, the earliest beginning of those that are valid now, the one that is
 * not also offered for encryption, and last, as a guess, the document's order.
 */
export function tellCertificatesApart(
  all: readonly [SigningCertificate, ...SigningCertificate[]],
  hints: CertificateHints,
): SigningCertificates {
  const {current, toldApartBy} = findCurrent(all, hints)
  const followers = all.filter(
    (one) => one !== current && one.notBefore >= current.notBefore && one.notAfter >= hints.now,
  )
  const [next] = followers.toSorted((one, other) => other.notBefore.getTime() - one.notBefore.getTime())
  return {current, ...(next === undefined ? {} : {next}), toldApartBy, all}
}

function findCurrent(
  all: readonly [SigningCertificate, ...SigningCertificate[]],
  {now, chosen, signedBy, encryption}: CertificateHints,
): {current: SigningCertificate; toldApartBy: ToldApartBy} {
  const choice = all.find(({thumbprint}) => thumbprint === chosen)
  if (choice !== undefined) return {current: choice, toldApartBy: 'choice'}
  if (all.length === 1) return {current: all[0], toldApartBy: 'only one'}
  const signer = all.find(({thumbprint}) => thumbprint === signedBy)
  if (signer !== undefined) return {current: signer, toldApartBy: 'metadata signature'}
  const valid = all.filter(({notBefore, notAfter}) => notBefore <= now && now <= notAfter)
  const earliest = earliestOf(valid.length > 0 ? valid : all)
  const [first = all[0]] = earliest
  if (earliest.length === 1) return {current: first, toldApartBy: 'validity'}
  const plain = earliest.filter(({thumbprint}) => !encryption.includes(thumbprint))
  if (plain.length === 1 && plain[0] !== undefined) return {current: plain[0], toldApartBy: 'encryption key'}
  return {current: first, toldApartBy: 'document order'}
}

function earliestOf(certificates: readonly SigningCertificate[]): readonly SigningCertificate[] {
  const beginning = Math.min(...certificates.map(({notBefore}) => notBefore.getTime()))
  return certificates.filter(({notBefore}) => notBefore.getTime() === beginning)
}
