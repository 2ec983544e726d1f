import type {ApplicationPrincipal, Principal, UserPrincipal} from '../api/principal.ts'
import {findPrincipalOf, findRegistration} from '../store/clients.ts'
import {findGrant} from '../store/oauth-grants.ts'
import type {Queries} from '../store/schema.ts'
import {findUser} from '../store/users.ts'
import {isCurrent} from './is-current.ts'
import type {Claims} from './tokens/sign-token.ts'

/**
 * Whom the claims of a verified token speak for, as everything is now: the application is there and enabled in the tenant, the user
 * may sign in and has not taken anything back. Undefined otherwise.
 */
export async function findClaimedPrincipal(db: Queries, claims: Claims): Promise<Principal | undefined> {
  const [tenantId, appId] = [String(claims['tid']), String(claims['appid'])]
  const servicePrincipal = await findPrincipalOf(db, tenantId, appId)
  if (servicePrincipal === undefined || servicePrincipal.accountEnabled === 0) return undefined
  if ((await findRegistration(db, appId)) === undefined) return undefined
  const {id, displayName} = servicePrincipal
  if (claims['idtyp'] === 'user') return findUserPrincipal(db, {tenantId, appId, claims})
  if (claims['idtyp'] !== 'app' || claims['oid'] !== id) return undefined
  const permissions = Array.isArray(claims['roles']) ? claims['roles'].map(String) : []
  return {
    kind: 'application',
    tenantId,
    appId,
    servicePrincipalId: id,
    displayName,
    permissions,
  } satisfies ApplicationPrincipal
}

interface Claimed {
  readonly tenantId: string
  readonly appId: string
  readonly claims: Claims
}

async function findUserPrincipal(db: Queries, {tenantId, appId, claims}: Claimed): Promise<UserPrincipal | undefined> {
  const grant = await findGrant(db, String(claims['sid']))
  const user = await findUser(db, tenantId, String(claims['oid']))
  if (grant === undefined || user === undefined || grant.userId !== user.id || grant.appId !== appId) return undefined
  if (user.accountEnabled !== 1 || !isCurrent(user, grant.authenticatedDateTime)) return undefined
  const permissions = String(claims['scp'] ?? '')
    .split(' ')
    .filter((scope) => scope !== '')
  return {kind: 'user', tenantId, appId, accountId: user.id, permissions}
}
