import {createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject} from 'node:crypto'
import {promisify} from 'node:util'

/** A new RSA key of 2048 bits: PKCS #8 in base64, and its thumbprint (RFC 7638) as its id. */
export async function newKey(): Promise<{kid: string; privateKey: string}> {
  const {privateKey} = await promisify(generateKeyPair)('rsa', {modulusLength: 2048})
  const {e, kty, n} = toJwk(createPublicKey(privateKey))
  const kid = createHash('sha256').update(JSON.stringify({e, kty, n})).digest('base64url')
  return {kid, privateKey: privateKey.export({format: 'der', type: 'pkcs8'}).toString('base64')}
}

/** The key that is stored as newKey made it. */
export const readPrivateKey = (privateKey: string): KeyObject =>
  createPrivateKey({key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8'})

/** The public part as JWK (RFC 7517). */
export const toJwk = (publicKey: KeyObject) => publicKey.export({format: 'jwk'})
