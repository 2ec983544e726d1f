import {TokenRefusal} from '../../../saml/token-refusal.ts'
import type {VerifiedToken} from '../../../saml/verified-token.ts'
import type {StoredFederation} from '../../store/federations.ts'
import type {Queries} from '../../store/schema.ts'
import {findByImmutableId, type StoredUser} from '../../store/users.ts'

/** The user with the immutable id of the token, in the tenant of the trust alone. Throws TokenRefusal. */
export async function requireUser(
  db: Queries,
  {tenantId}: StoredFederation,
  {immutableId}: VerifiedToken,
): Promise<StoredUser> {
  if (immutableId === undefined) throw new TokenRefusal('ImmutableIdMissing', 'it has no immutable id')
  const user = await findByImmutableId(db, tenantId, immutableId)
  if (user === undefined) throw new TokenRefusal('UserUnknown', 'no user of the directory has its immutable id')
  return user
}
