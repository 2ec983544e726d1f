import {FedctlError} from '../errors/fedctl-error.ts'
import type {GraphClient} from '../graph/graph-client.ts'
import type {User} from '../model/user.ts'
import {isUser} from '../model/user-filter.ts'

/** The deleted user of a UPN (any case) or object id. Several deleted users can have had the same UPN: then the object id is needed. */
export async function findDeletedUser({users}: GraphClient, identity: string): Promise<User> {
  const found: User[] = []
  for await (const user of users.listDeleted()) if (isUser(user, identity)) found.push(user)
  const [only, ...others] = found
  if (only === undefined)
    throw new FedctlError('NotFound', `There is no deleted user ${identity}.`, {
      hints: ['fedctl get-user --return-deleted-users'],
    })
  if (others.length > 0)
    throw new FedctlError('Refused', `${found.length} deleted users were called ${identity}.`, {
      hints: ['Give the object id of one of them.'],
      details: found.map(({objectId, softDeletionTimestamp}) => `${objectId} deleted ${softDeletionTimestamp ?? ''}`),
    })
  return only
}
