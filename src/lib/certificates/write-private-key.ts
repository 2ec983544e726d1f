import type {KeyObject} from 'node:crypto'
import type {BaseBlock} from 'asn1js'
import {encryptWithPassphrase, type Protection} from './passphrase-encryption.ts'
import {octets, sequence, toDer} from './write-asn1.ts'
import {writePem} from './write-pem.ts'

/** Writes a private key as PEM (PKCS #8), encrypted with AES-256 under the passphrase when there is one. */
export function writePrivateKey(privateKey: KeyObject, protection: Protection): string {
  if (protection.passphrase === undefined) return writePem('PRIVATE KEY', toPlain(privateKey))
  return writePem('ENCRYPTED PRIVATE KEY', toDer(toEncryptedPrivateKey(privateKey, protection)))
}

/** PKCS #8's EncryptedPrivateKeyInfo (RFC 5958, 3), as PEM files and PFX hold it. */
export function toEncryptedPrivateKey(privateKey: KeyObject, protection: Protection): BaseBlock {
  const [algorithm, encrypted] = encryptWithPassphrase(toPlain(privateKey), protection)
  return sequence(algorithm, octets(encrypted))
}

const toPlain = (privateKey: KeyObject): Buffer => privateKey.export({format: 'der', type: 'pkcs8'})
