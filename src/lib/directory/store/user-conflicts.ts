import {upnKey} from '../../model/user-principal-name.ts'
import {listTakenAddresses} from './addresses.ts'
import {readList} from './read-list.ts'
import type {Queries} from './schema.ts'
import {type StoredUser, usersOf} from './users.ts'

type Names = Pick<StoredUser, 'id' | 'tenantId' | 'userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses'>

/** The properties of a user that another living user of the tenant has already. */
export async function findConflicts(
  db: Queries,
  user: Names,
): Promise<('userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses')[]> {
  const {id, tenantId, userPrincipalName, onPremisesImmutableId} = user
  const key = upnKey(userPrincipalName)
  const others = usersOf(db, tenantId).select(['upnKey', 'onPremisesImmutableId']).where('users.id', '<>', id)
  // Each half finds its index; with `or` SQLite would look at everybody.
  const named = others.where('upnKey', '=', key)
  const holders = await (onPremisesImmutableId === null
    ? named
    : named.unionAll(others.where('onPremisesImmutableId', '=', onPremisesImmutableId))
  ).execute()
  const hasName = holders.some((holder) => holder.upnKey === key)
  const hasImmutableId = holders.some((holder) => holder.onPremisesImmutableId === (onPremisesImmutableId ?? ''))
  const proxies = await listTakenProxies(db, user)
  return [
    ...(hasName ? (['userPrincipalName'] as const) : []),
    ...(hasImmutableId ? (['onPremisesImmutableId'] as const) : []),
    ...(proxies.length === 0 ? [] : (['proxyAddresses'] as const)),
  ]
}

/** Which of a user's proxy addresses, in lower case, other living users and groups have. */
export const listTakenProxies = (
  db: Queries,
  {id, tenantId, proxyAddresses}: Pick<Names, 'id' | 'tenantId' | 'proxyAddresses'>,
): Promise<readonly string[]> => listTakenAddresses(db, {id, tenantId, proxyAddresses: readList(proxyAddresses)})
