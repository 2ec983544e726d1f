import {fold} from './fold.ts'
import {objectsOf} from './list-objects.ts'
import type {Queries} from './schema.ts'

/** Addresses, and whose they are or shall be. */
export interface Addresses {
  readonly tenantId: string
  readonly id: string
  readonly proxyAddresses: readonly string[]
}

/** Which of these addresses, in lower case, others have: living users and groups. */
export async function listTakenAddresses(
  db: Queries,
  {tenantId, id, proxyAddresses}: Addresses,
): Promise<readonly string[]> {
  const keys = proxyAddresses.map(fold)
  if (keys.length === 0) return []
  const ofUsers = objectsOf(db, 'users', tenantId)
    .innerJoin('userAddresses', 'userAddresses.userId', 'users.id')
    .select('addressKey as key')
    .where('users.id', '<>', id)
    .where('property', '=', 'proxyAddresses')
    .where('addressKey', 'in', keys)
  const ofGroups = db
    .selectFrom('objectValues')
    .innerJoin('groups', 'groups.id', 'objectValues.objectId')
    .select('valueKey as key')
    .where('objectValues.tenantId', '=', tenantId)
    .where('property', '=', 'proxyAddresses')
    .where('valueKey', 'in', keys)
    .where('groups.id', '<>', id)
    .where('groups.deletedDateTime', 'is', null)
  return (await ofUsers.unionAll(ofGroups).execute()).map(({key}) => key)
}
