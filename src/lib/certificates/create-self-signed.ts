import {createPrivateKey, createPublicKey, hash, type KeyObject, sign} from 'node:crypto'
import type {BaseBlock} from 'asn1js'
import {FedctlError} from '../errors/fedctl-error.ts'
import {octetsOfBits, partAt, readAsn1} from './read-asn1.ts'
import {type NamePart, readSubject} from './read-subject.ts'
import {findCertificate, type SigningCertificate} from './signing-certificate.ts'
import {
  bigInteger,
  bits,
  boolean,
  embed,
  ia5Text,
  identifier,
  integer,
  nothing,
  octets,
  printableText,
  sequence,
  setOf,
  tagged,
  time,
  toDer,
  utf8Text,
} from './write-asn1.ts'

/** The sizes of RSA keys that can be made, in bits. */
export const signingKeySizes = [2048, 3072, 4096] as const
/** One of these sizes. */
export type SigningKeySize = (typeof signingKeySizes)[number]

/** What a certificate shall be, and what makes its key. */
export interface CertificateRequest {
  /** As readSubject reads it. */
  readonly subject: string
  readonly keySize: SigningKeySize
  readonly notBefore: Date
  /** Later than `notBefore`. Both lose what is below a second. */
  readonly notAfter: Date
  /** At most 20 random bytes (RFC 5280, 4.1.2.2). */
  readonly serialNumber: Uint8Array
  /** Makes an RSA key of so many bits: the private key as PEM. Takes a while. */
  readonly generateKey: (keySize: SigningKeySize) => Promise<{readonly privateKey: string}>
}

/** A certificate and its private key. */
export interface SigningIdentity {
  readonly certificate: SigningCertificate
  readonly privateKey: KeyObject
}

/** A certificate extension (RFC 5280, 4.2): its object identifier, its value, whether who does not know it must refuse. */
export interface Extension {
  readonly id: string
  readonly value: BaseBlock
  readonly isCritical?: true
}

/**
 * Makes a key and a certificate for it, signed by itself with SHA-256, of no certification authority (RFC 5280). The same key, serial
 * number, name and dates give the same bytes. Fails with ValueMalformed for a subject that is no name and for dates in the wrong order.
 */
export async function createSelfSigned(
  request: CertificateRequest,
  extensions: readonly Extension[],
): Promise<SigningIdentity> {
  const name = toName(request.subject)
  if (!(request.notAfter > request.notBefore && request.notAfter.getUTCFullYear() <= 9999))
    throw new FedctlError('ValueMalformed', 'A certificate must end after it begins, and before the year 10000.')
  const privateKey = createPrivateKey((await request.generateKey(request.keySize)).privateKey)
  const subjectPublicKeyInfo = createPublicKey(privateKey).export({format: 'der', type: 'spki'})
  const toBeSigned = sequence(
    tagged(0, integer(2)), // version 3
    bigInteger(toPositive(request.serialNumber)),
    sha256WithRsa(),
    name,
    sequence(time(request.notBefore), time(request.notAfter)),
    name,
    embed(subjectPublicKeyInfo),
    tagged(3, toExtensions(subjectPublicKeyInfo, extensions)),
  )
  const signature = sign('sha256', toDer(toBeSigned), privateKey)
  const certificate = findCertificate(toDer(sequence(toBeSigned, sha256WithRsa(), bits(signature))))
  if (certificate === undefined) throw new Error('The certificate that was made cannot be read.')
  return {certificate, privateKey}
}

/** No certification authority, what else was asked for, and the identifier of the key (4.2.1.9, 4.2.1.2). */
function toExtensions(subjectPublicKeyInfo: Buffer, extensions: readonly Extension[]): BaseBlock {
  const keyBits = octetsOfBits(partAt(readAsn1(subjectPublicKeyInfo), 1))
  const all: readonly Extension[] = [
    {id: '2.5.29.19', isCritical: true, value: sequence()},
    ...extensions,
    {id: '2.5.29.14', value: octets(hash('sha1', keyBits, 'buffer'))},
  ]
  return sequence(
    ...all.map(({id, value, isCritical}) =>
      sequence(identifier(id), ...(isCritical === undefined ? [] : [boolean(true)]), octets(toDer(value))),
    ),
  )
}

/** KeyUsage with these of its bits, the first one highest (4.2.1.3). */
export const keyUsage = (first: number, unusedBits: number): Extension => ({
  id: '2.5.29.15',
  isCritical: true,
  value: bits(Buffer.from([first]), unusedBits),
})

const sha256WithRsa = (): BaseBlock => sequence(identifier('1.2.840.113549.1.1.11'), nothing())

/** Positive and of one length whatever the bytes: the highest bit off, the next one on. */
const toPositive = ([first = 0, ...rest]: Uint8Array): Buffer => Buffer.from([(first & 0x7f) | 0x40, ...rest])

/** ASN.1 wants the parts of a name from the most general to the most specific. */
function toName(text: string): BaseBlock {
  const subject = readSubject(text)
  if (!subject.ok)
    throw new FedctlError('ValueMalformed', `"${text}" is not a subject: ${subject.problem}.`, {
      hints: ['Give it with --subject, as CN=Token Signing or CN=Token Signing, O=Contoso.'],
    })
  return sequence(...subject.value.toReversed().map((part) => setOf(toNamePart(part))))
}

const toNamePart = ({type, value}: NamePart): BaseBlock =>
  sequence(identifier(namePartIds[type]), (type === 'C' ? printableText : type === 'DC' ? ia5Text : utf8Text)(value))

const namePartIds: Record<NamePart['type'], string> = {
  CN: '2.5.4.3',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  C: '2.5.4.6',
  DC: '0.9.2342.19200300.100.1.25',
}
