import type {Services} from '../../api/call.ts'
import {readPrivateKey} from '../keys/new-key.ts'
import {getSigningKey} from '../keys/signing-keys.ts'

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>

/** Signs a token (RFC 7519) with the key of the store that signs now. */
export async function signToken(services: Services, claims: Claims): Promise<string> {
  const {SignJWT} = await import('jose')
  const {kid, privateKey} = await getSigningKey(services)
  return new SignJWT({...claims}).setProtectedHeader({typ: 'JWT', alg: 'RS256', kid}).sign(readPrivateKey(privateKey))
}
