import {createHmac} from 'node:crypto'
import type {BaseBlock} from 'asn1js'
import type {SigningIdentity} from './create-self-signed.ts'
import {derivePkcs12Key} from './derive-pkcs12-key.ts'
import {derivationRounds, encryptWithPassphrase, type Protection} from './passphrase-encryption.ts'
import {pkcs12Ids} from './pkcs12-ids.ts'
import {
  bmpText,
  identifier,
  integer,
  nothing,
  octets,
  sequence,
  setOf,
  tagged,
  taggedOctets,
  toDer,
} from './write-asn1.ts'
import {toEncryptedPrivateKey} from './write-private-key.ts'

/**
 * Writes a PFX (PKCS #12, RFC 7292) with AES-256, PBKDF2 and a SHA-256 MAC: what OpenSSL 3, Java and Windows from Server 2019 on read.
 * Its friendly name is the subject. Without a passphrase it opens with an empty one.
 */
export function writePfx({certificate, privateKey}: SigningIdentity, protection: Protection): Buffer {
  const attributes = setOf(
    sequence(identifier(pkcs12Ids.localKeyId), setOf(octets(Buffer.from(certificate.thumbprint, 'hex')))),
    sequence(identifier(pkcs12Ids.friendlyName), setOf(bmpText(certificate.subject))),
  )
  const certificateBag = sequence(
    identifier(pkcs12Ids.certificateBag),
    tagged(0, sequence(identifier(pkcs12Ids.x509Certificate), tagged(0, octets(certificate.der)))),
    attributes,
  )
  const keyBag = sequence(
    identifier(pkcs12Ids.shroudedKeyBag),
    tagged(0, toEncryptedPrivateKey(privateKey, protection)),
    attributes,
  )
  const content = toDer(sequence(toEncryptedPart(certificateBag, protection), toPart(toDer(sequence(keyBag)))))
  return toDer(sequence(integer(3), toPart(content), toMac(content, protection)))
}

const toPart = (content: Uint8Array): BaseBlock => sequence(identifier(pkcs12Ids.data), tagged(0, octets(content)))

function toEncryptedPart(bag: BaseBlock, protection: Protection): BaseBlock {
  const [algorithm, encrypted] = encryptWithPassphrase(toDer(sequence(bag)), protection)
  const encryptedContent = sequence(identifier(pkcs12Ids.data), algorithm, taggedOctets(0, encrypted))
  return sequence(identifier(pkcs12Ids.encryptedData), tagged(0, sequence(integer(0), encryptedContent)))
}

function toMac(content: Uint8Array, {passphrase = '', randomBytes}: Protection): BaseBlock {
  const salt = randomBytes(16)
  // As many rounds as the encryption has: a guess is tried against the weaker of the two.
  const key = derivePkcs12Key(passphrase, {
    hash: 'sha256',
    purpose: 'integrity',
    salt,
    iterations: derivationRounds,
    size: 32,
  })
  const mac = createHmac('sha256', key).update(content).digest()
  const digest = sequence(sequence(identifier(pkcs12Ids.sha256), nothing()), octets(mac))
  return sequence(digest, octets(salt), integer(derivationRounds))
}
