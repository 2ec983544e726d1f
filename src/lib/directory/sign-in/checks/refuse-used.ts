import {createHash} from 'node:crypto'
import {TokenRefusal} from '../../../saml/token-refusal.ts'
import type {VerifiedToken} from '../../../saml/verified-token.ts'
import type {Queries} from '../../store/schema.ts'
import {addUsedToken} from '../../store/used-tokens.ts'

/** So long after its end the judge still accepts a token: as far as clocks may differ. */
const skewMilliseconds = 180_000

/**
 * The token comes for the first time, and is used by that: as long as the judge would accept it again, in every process that has the
 * store open. Throws TokenRefusal.
 */
export async function refuseUsed(db: Queries, {issuer, id, notOnOrAfter}: VerifiedToken, now: Date): Promise<void> {
  const tokenHash = createHash('sha256')
    .update(JSON.stringify([issuer, id]))
    .digest('base64url')
  const expiresDateTime = new Date(notOnOrAfter.getTime() + skewMilliseconds).toISOString()
  if (!(await addUsedToken(db, {tokenHash, expiresDateTime}, now)))
    throw new TokenRefusal('TokenUsed', 'it was accepted before')
}
