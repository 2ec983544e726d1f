import {generateKeyPair, type KeyObject} from 'node:crypto'
import {promisify} from 'node:util'

/** A new private RSA key of so many bits. */
export async function generateSigningKey(keySize: number): Promise<KeyObject> {
  const {privateKey} = await promisify(generateKeyPair)('rsa', {modulusLength: keySize})
  return privateKey
}
