import {createHash, createPublicKey} from 'node:crypto'
import type {Call, Services} from '../api/call.ts'
import type {Principal} from '../api/principal.ts'
import type {Queries} from '../store/schema.ts'
import {findSigningKey, type StoredSigningKey} from '../store/signing-keys.ts'
import {findClaimedPrincipal} from './find-claimed-principal.ts'
import {graphAudience} from './find-resource.ts'
import {readPrivateKey} from './keys/new-key.ts'
import {isIssuerOf} from './tokens/issuer.ts'
import type {Claims} from './tokens/sign-token.ts'

/**
 * Whom an access token of this directory speaks for; undefined when it is not to be believed. Its signature is verified once; its times,
 * its key and whom it speaks for are looked at every time.
 */
export async function readAccessToken({services}: Call, token: string): Promise<Principal | undefined> {
  const kid = readKeyId(token)
  if (kid === undefined) return undefined
  const now = services.now()
  const key = await services.store.read((db) => findSigningKey(db, kid, now))
  if (key === undefined) return undefined
  const claims = await readClaims(services, token, key)
  if (claims === undefined || !isTimely(claims, now)) return undefined
  return services.store.read((db: Queries) => findClaimedPrincipal(db, claims))
}

const mostKept = 1000
const verified = new WeakMap<object, Map<string, Claims>>()

/** The claims of a token whose signature, audience and issuer are right; the last ones are remembered. */
async function readClaims({store}: Services, token: string, key: StoredSigningKey): Promise<Claims | undefined> {
  const kept = verified.get(store) ?? new Map<string, Claims>()
  verified.set(store, kept)
  // The key is a part of it: a token is never believed by another key than the one that verified it.
  const name = createHash('sha256').update(`${key.kid} ${key.privateKey} ${token}`).digest('base64url')
  const known = kept.get(name)
  if (known !== undefined) return known
  const claims = await verify(token, key)
  if (claims === undefined) return undefined
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
  kept.set(name, claims)
  return claims
}

async function verify(token: string, {privateKey}: StoredSigningKey): Promise<Claims | undefined> {
  const {jwtVerify, errors} = await import('jose')
  try {
    const {payload} = await jwtVerify(token, createPublicKey(readPrivateKey(privateKey)), {
      algorithms: ['RS256'],
      typ: 'JWT',
      audience: graphAudience,
      requiredClaims: ['exp', 'nbf', 'iss', 'tid', 'appid'],
      // Times are looked at on every call, by the clock of the directory.
      currentDate: new Date(0),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    })
    return isIssuerOf(payload.iss, String(payload['tid'])) ? payload : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

const isTimely = ({nbf, exp}: Claims, now: Date): boolean =>
  Number(nbf) * 1000 <= now.getTime() && now.getTime() < Number(exp) * 1000

function readKeyId(token: string): string | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
    const {kid} = Object(header)
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}
