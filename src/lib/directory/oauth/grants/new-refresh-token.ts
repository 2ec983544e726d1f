import type {Services} from '../../api/call.ts'
import {addCode, prolongGrant, type StoredCode, type StoredGrant} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {hashOf, newSecret} from '../new-secret.ts'
import {tokenEnd} from './new-grant.ts'

const dayMilliseconds = 24 * 3600_000

/** Gives a grant a refresh token: good for 90 days, each time anew; that of a page in a browser ends a day after the sign-in. */
export async function newRefreshToken(
  db: Queries,
  services: Services,
  {grant, before}: {readonly grant: StoredGrant; readonly before?: StoredCode},
): Promise<string> {
  const token = newSecret(services)
  const now = services.now()
  const end = new Date(now.getTime() + (grant.clientKind === 'page' ? 1 : 90) * dayMilliseconds).toISOString()
  const expiresDateTime = grant.clientKind === 'page' ? (before?.expiresDateTime ?? end) : end
  await addCode(db, {
    codeHash: hashOf(token),
    grantId: grant.id,
    kind: 'refresh',
    isUsed: false,
    expiresDateTime,
    redirectUri: null,
    codeChallenge: null,
    nonce: null,
  })
  const until = [expiresDateTime, tokenEnd(now)].toSorted().at(-1)
  await prolongGrant(db, grant.id, String(until))
  return token
}
