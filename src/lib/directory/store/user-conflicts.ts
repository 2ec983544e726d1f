import {upnKey} from '../../model/user-principal-name.ts'
import {listTakenAddresses} from './addresses.ts'
import {readList} from './read-list.ts'
import type {Queries} from './schema.ts'
import {type StoredUser, usersOf} from './users.ts'
import {writtenOnce} from './written-once.ts'

type Names = Pick<StoredUser, 'id' | 'tenantId' | 'userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses'>

/** The properties of a user that another living user of the tenant has already. */
export async function findConflicts(
  db: Queries,
  user: Names,
): Promise<('userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses')[]> {
  const {id, tenantId, userPrincipalName, onPremisesImmutableId} = user
  const key = upnKey(userPrincipalName)
  const named = await holdersOfName(db, tenantId, id, key)
  const anchored =
    onPremisesImmutableId === null ? [] : await holdersOfImmutableId(db, tenantId, id, onPremisesImmutableId)
  const proxies = await listTakenProxies(db, user)
  return [
    ...(named.length > 0 ? (['userPrincipalName'] as const) : []),
    ...(anchored.length > 0 ? (['onPremisesImmutableId'] as const) : []),
    ...(proxies.length === 0 ? [] : (['proxyAddresses'] as const)),
  ]
}

const othersThan = (db: Queries, tenantId: string, id: string) =>
  usersOf(db, tenantId).select('users.id').where('users.id', '<>', id)
const holdersOfName = writtenOnce((db, tenantId: string, id: string, key: string) =>
  othersThan(db, tenantId, id).where('upnKey', '=', key),
)
const holdersOfImmutableId = writtenOnce((db, tenantId: string, id: string, immutableId: string) =>
  othersThan(db, tenantId, id).where('onPremisesImmutableId', '=', immutableId),
)

/** Which of a user's proxy addresses, in lower case, other living users and groups have. */
export const listTakenProxies = (
  db: Queries,
  {id, tenantId, proxyAddresses}: Pick<Names, 'id' | 'tenantId' | 'proxyAddresses'>,
): Promise<readonly string[]> => listTakenAddresses(db, {id, tenantId, proxyAddresses: readList(proxyAddresses)})
