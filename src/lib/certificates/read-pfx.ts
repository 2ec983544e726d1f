import {createHmac, createPrivateKey, type KeyObject, timingSafeEqual} from 'node:crypto'
import type {BaseBlock} from 'asn1js'
import {FedctlError} from '../errors/fedctl-error.ts'
import {derivePkcs12Key, type Pkcs12Hash, pkcs12Hashes} from './derive-pkcs12-key.ts'
import {keyMatches} from './key-matches.ts'
import {type KeySource, passphraseRefused} from './key-source.ts'
import {decryptWithPassphrase, EncryptionUnknown, mostDerivationRounds} from './passphrase-encryption.ts'
import {pkcs12Ids} from './pkcs12-ids.ts'
import {Asn1Mismatch, countOf, identifierOf, octetsOf, partAt, partsOf, readAsn1} from './read-asn1.ts'
import {findCertificate, type SigningCertificate} from './signing-certificate.ts'

/** What a PFX holds. */
export interface PfxContent {
  readonly keys: KeyObject[]
  /** The one of the first key first. */
  readonly certificates: SigningCertificate[]
}

/** Reads a PFX (PKCS #12, RFC 7292) that is protected by a passphrase. Fails with KeyUnreadable. */
export function readPfx(der: Uint8Array, source: KeySource): PfxContent {
  const passphrase = source.passphrase ?? ''
  try {
    const pfx = readAsn1(der)
    const content = octetsOf(partAt(pfx, 1, 1, 0))
    if (!isIntact(content, partsOf(pfx)[2], passphrase)) throw passphraseRefused(source)
    const bags = partsOf(readAsn1(content)).flatMap((part) => bagsOf(part, passphrase))
    const keys = bags.map((bag) => keyOf(bag, passphrase)).filter((key) => key !== undefined)
    const certificates = bags.map(certificateOf).filter((certificate) => certificate !== undefined)
    return {keys, certificates: startingWithThatOf(keys[0], certificates)}
  } catch (cause) {
    throw toKeyUnreadable(cause, source)
  }
}

function toKeyUnreadable(cause: unknown, source: KeySource): FedctlError {
  if (cause instanceof FedctlError) return cause
  if (cause instanceof EncryptionUnknown)
    return new FedctlError(
      'KeyUnreadable',
      `${source.name} holds a PFX with an outdated encryption (${cause.message}).`,
      {
        hints: [
          'Export it again with AES256-SHA256 or TripleDES-SHA1, or convert it: openssl pkcs12 -legacy -in OLD.pfx -out keys.pem, and openssl pkcs12 -export -in keys.pem -out NEW.pfx.',
        ],
        cause,
      },
    )
  // Without a MAC the passphrase shows to be wrong only here.
  if ((cause as NodeJS.ErrnoException).code === 'ERR_OSSL_BAD_DECRYPT') return passphraseRefused(source, cause)
  return new FedctlError('KeyUnreadable', `${source.name} holds a PFX that is damaged or cut short.`, {cause})
}

const macHashes: Record<string, Pkcs12Hash> = {
  '1.3.14.3.2.26': 'sha1',
  [pkcs12Ids.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Whether the content has the MAC that the passphrase gives; one without a MAC is taken as it is, as OpenSSL does. */
function isIntact(content: Buffer, mac: BaseBlock | undefined, passphrase: string): boolean {
  if (mac === undefined) return true
  const id = identifierOf(partAt(mac, 0, 0, 0))
  const hash = macHashes[id]
  if (hash === undefined) throw new EncryptionUnknown(id)
  const [, salt, rounds] = partsOf(mac)
  const expected = octetsOf(partAt(mac, 0, 1))
  const key = derivePkcs12Key(passphrase, {
    hash,
    purpose: 'integrity',
    salt: octetsOf(salt ?? mac),
    iterations: rounds === undefined ? 1 : countOf(rounds, mostDerivationRounds),
    size: pkcs12Hashes[hash].result,
  })
  const actual = createHmac(hash, key).update(content).digest()
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** The bags of one part of the content: in the clear, or encrypted as a whole. */
function bagsOf(part: BaseBlock, passphrase: string): BaseBlock[] {
  const id = identifierOf(partAt(part, 0))
  if (id === pkcs12Ids.data) return partsOf(readAsn1(octetsOf(partAt(part, 1, 0))))
  if (id !== pkcs12Ids.encryptedData) throw new EncryptionUnknown(id)
  const encrypted = partAt(part, 1, 0, 1)
  return partsOf(readAsn1(decryptWithPassphrase(partAt(encrypted, 1), octetsOf(partAt(encrypted, 2)), passphrase)))
}

function keyOf(bag: BaseBlock, passphrase: string): KeyObject | undefined {
  const id = identifierOf(partAt(bag, 0))
  const content = partAt(bag, 1, 0)
  if (id === pkcs12Ids.keyBag) return toKey(Buffer.from(content.toBER()))
  if (id !== pkcs12Ids.shroudedKeyBag) return undefined
  return toKey(decryptWithPassphrase(partAt(content, 0), octetsOf(partAt(content, 1)), passphrase))
}

const toKey = (der: Buffer): KeyObject => createPrivateKey({key: der, format: 'der', type: 'pkcs8'})

function certificateOf(bag: BaseBlock): SigningCertificate | undefined {
  if (identifierOf(partAt(bag, 0)) !== pkcs12Ids.certificateBag) return undefined
  const content = partAt(bag, 1, 0)
  if (identifierOf(partAt(content, 0)) !== pkcs12Ids.x509Certificate) return undefined
  const certificate = findCertificate(octetsOf(partAt(content, 1, 0)))
  if (certificate === undefined) throw new Asn1Mismatch('a certificate was expected')
  return certificate
}

/** Chains are exported in any order; the certificate that signs comes first. */
function startingWithThatOf(key: KeyObject | undefined, certificates: SigningCertificate[]): SigningCertificate[] {
  const own = key === undefined ? undefined : certificates.find((certificate) => keyMatches(key, certificate))
  return own === undefined ? certificates : [own, ...certificates.filter((certificate) => certificate !== own)]
}
