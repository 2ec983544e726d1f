import {upnKey} from '../../model/user-principal-name.ts'
import {fold} from './fold.ts'
import {readList} from './read-list.ts'
import type {Queries} from './schema.ts'
import {type StoredUser, usersOf} from './users.ts'

type Names = Pick<StoredUser, 'id' | 'tenantId' | 'userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses'>

/** The properties of a user that another living user of the tenant has already. */
export async function findConflicts(
  db: Queries,
  user: Names,
): Promise<('userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses')[]> {
  const others = usersOf(db, user.tenantId).select('users.id').where('users.id', '<>', user.id)
  const upn = await others.where('upnKey', '=', upnKey(user.userPrincipalName)).executeTakeFirst()
  const immutableId =
    user.onPremisesImmutableId === null
      ? undefined
      : await others.where('onPremisesImmutableId', '=', user.onPremisesImmutableId).executeTakeFirst()
  const proxies = await listTakenProxies(db, user)
  return [
    ...(upn === undefined ? [] : (['userPrincipalName'] as const)),
    ...(immutableId === undefined ? [] : (['onPremisesImmutableId'] as const)),
    ...(proxies.length === 0 ? [] : (['proxyAddresses'] as const)),
  ]
}

/** Which of a user's proxy addresses, in lower case, other living users have. */
export async function listTakenProxies(
  db: Queries,
  user: Pick<Names, 'id' | 'tenantId' | 'proxyAddresses'>,
): Promise<string[]> {
  const keys = readList(user.proxyAddresses).map(fold)
  if (keys.length === 0) return []
  const rows = await usersOf(db, user.tenantId)
    .innerJoin('userAddresses', 'userAddresses.userId', 'users.id')
    .select('addressKey')
    .where('users.id', '<>', user.id)
    .where('property', '=', 'proxyAddresses')
    .where('addressKey', 'in', keys)
    .execute()
  return rows.map(({addressKey}) => addressKey)
}
