import type {Client} from '../../store/clients.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {findUser, type StoredUser} from '../../store/users.ts'
import {requireClient} from '../client/require-client.ts'
import {isCurrent} from '../is-current.ts'
import {OAuthFailure} from '../oauth-failure.ts'

/** The user of a grant and the application as the user's tenant has it, if both may still use it. Throws OAuthFailure. */
export async function requireGrantUser(
  db: Queries,
  {
    tenantId,
    userId,
    appId,
    authenticatedDateTime,
  }: Pick<StoredGrant, 'tenantId' | 'userId' | 'appId' | 'authenticatedDateTime'>,
): Promise<{client: Client; user: StoredUser}> {
  const client = await requireClient(db, tenantId, appId)
  const user = await findUser(db, tenantId, userId)
  if (user === undefined)
    throw new OAuthFailure('invalid_grant', 50034, 'The user account does not exist in the directory any more.')
  if (user.accountEnabled !== 1) throw new OAuthFailure('invalid_grant', 50057, 'The user account is disabled.')
  if (!isCurrent(user, authenticatedDateTime))
    throw new OAuthFailure(
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    )
  return {client, user}
}
