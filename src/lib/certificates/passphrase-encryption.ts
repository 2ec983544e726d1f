import {createCipheriv, createDecipheriv, pbkdf2Sync} from 'node:crypto'
import type {BaseBlock} from 'asn1js'
import {derivePkcs12Key} from './derive-pkcs12-key.ts'
import {Asn1Mismatch, countOf, identifierOf, octetsOf, partAt, partsOf} from './read-asn1.ts'
import {identifier, integer, nothing, octets, sequence} from './write-asn1.ts'

/** How private keys are protected where they are written. */
export interface Protection {
  /** Undefined is the wish to have no protection: whoever has the file has the key. */
  readonly passphrase: string | undefined
  /** Where salts come from: node:crypto's randomBytes, or fixed bytes in a test. */
  readonly randomBytes: (size: number) => Uint8Array
}

/** .NET refuses a PFX with more than 300 000 rounds in one derivation, or a million in all (Pkcs12LoaderLimits); a PFX has three. */
export const derivationRounds = 200_000

/** Reading a crafted file must not keep the machine busy for minutes. */
export const mostDerivationRounds = 2_000_000

/** The encryption of a file is one that this program does not read. */
export class EncryptionUnknown extends Error {}

const ids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha1: '1.2.840.113549.2.7',
  hmacWithSha256: '1.2.840.113549.2.9',
  aes256: '2.16.840.1.101.3.4.1.42',
  sha1With3KeyTripleDes: '1.2.840.113549.1.12.1.3',
}

const hmacs: Record<string, string> = {
  [ids.hmacWithSha1]: 'sha1',
  [ids.hmacWithSha256]: 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

const ciphers: Record<string, {readonly name: string; readonly keySize: number}> = {
  '2.16.840.1.101.3.4.1.2': {name: 'aes-128-cbc', keySize: 16},
  '2.16.840.1.101.3.4.1.22': {name: 'aes-192-cbc', keySize: 24},
  [ids.aes256]: {name: 'aes-256-cbc', keySize: 32},
  '1.2.840.113549.3.7': {name: 'des-ede3-cbc', keySize: 24},
}

/** Encrypts with PBES2 (RFC 8018): AES-256, the key by PBKDF2 with HMAC-SHA-256. Gives the algorithm's identifier and the ciphertext. */
export function encryptWithPassphrase(
  plain: Uint8Array,
  {passphrase = '', randomBytes}: Protection,
): [BaseBlock, Buffer] {
  const salt = randomBytes(16)
  const vector = randomBytes(16)
  const key = pbkdf2Sync(passphrase, salt, derivationRounds, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, vector)
  const derivation = sequence(
    identifier(ids.pbkdf2),
    sequence(octets(salt), integer(derivationRounds), sequence(identifier(ids.hmacWithSha256), nothing())),
  )
  const encryption = sequence(identifier(ids.aes256), octets(vector))
  return [
    sequence(identifier(ids.pbes2), sequence(derivation, encryption)),
    Buffer.concat([cipher.update(plain), cipher.final()]),
  ]
}

/**
 * Decrypts what is protected by PBES2, or by the triple DES that Windows exports with unless told otherwise. Throws EncryptionUnknown for
 * other algorithms (RC2, RC4), and Node's own error when the passphrase is wrong.
 */
export function decryptWithPassphrase(algorithm: BaseBlock, encrypted: Buffer, passphrase: string): Buffer {
  const {cipher, key, vector} = openAlgorithm(algorithm, passphrase)
  const decipher = createDecipheriv(cipher, key, vector)
  return Buffer.concat([decipher.update(encrypted), decipher.final()])
}

interface OpenedAlgorithm {
  readonly cipher: string
  readonly key: Buffer
  readonly vector: Buffer
}

function openAlgorithm(algorithm: BaseBlock, passphrase: string): OpenedAlgorithm {
  const id = identifierOf(partAt(algorithm, 0))
  if (id === ids.pbes2) return openPbes2(partAt(algorithm, 1), passphrase)
  if (id !== ids.sha1With3KeyTripleDes) throw new EncryptionUnknown(id)
  const derivation = {
    hash: 'sha1',
    salt: octetsOf(partAt(algorithm, 1, 0)),
    iterations: countOf(partAt(algorithm, 1, 1), mostDerivationRounds),
  } as const
  return {
    cipher: 'des-ede3-cbc',
    key: derivePkcs12Key(passphrase, {...derivation, purpose: 'encryption', size: 24}),
    vector: derivePkcs12Key(passphrase, {...derivation, purpose: 'initializationVector', size: 8}),
  }
}

function openPbes2(parameters: BaseBlock, passphrase: string): OpenedAlgorithm {
  const [derivation, encryption] = [partAt(parameters, 0), partAt(parameters, 1)]
  const cipher = ciphers[identifierOf(partAt(encryption, 0))]
  const [salt, iterations, ...others] = partsOf(partAt(derivation, 1))
  if (salt === undefined || iterations === undefined) throw new Asn1Mismatch('PBKDF2 needs salt and iterations')
  // Between the two there may be the length of the key; the pseudo-random function is left out when it is HMAC-SHA-1.
  const hmacBlock = others.find((part) => 'value' in part.valueBlock)
  const hmac = hmacs[hmacBlock === undefined ? ids.hmacWithSha1 : identifierOf(partAt(hmacBlock, 0))]
  if (identifierOf(partAt(derivation, 0)) !== ids.pbkdf2 || cipher === undefined || hmac === undefined)
    throw new EncryptionUnknown('PBES2')
  const rounds = countOf(iterations, mostDerivationRounds)
  const key = pbkdf2Sync(passphrase, octetsOf(salt), rounds, cipher.keySize, hmac)
  return {cipher: cipher.name, key, vector: octetsOf(partAt(encryption, 1))}
}
