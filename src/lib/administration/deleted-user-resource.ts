import type {GraphClient} from '../graph/graph-client.ts'
import type {User} from '../model/user.ts'
import type {Resource, State, Step} from '../plan/plan.ts'

/** Where a user is: in the directory, among the deleted (kept 30 days), or gone for good. */
export type UserPlace = 'present' | 'deleted' | 'gone'

/** Moving a user between the directory and the deleted ones. */
export const planUserMove = (user: User, before: UserPlace, after: UserPlace): Step => ({
  side: 'directory',
  kind: 'user place',
  manual: false,
  target: user.userPrincipalName,
  action: {present: 'restore the user', deleted: 'remove the user', gone: 'remove the user for good'}[after],
  before,
  after,
  ...(after === 'gone' ? {irreversible: 'a user removed from the deleted users cannot be brought back'} : {}),
})

/** The place of one user as a thing that plans change. */
export function userPlaceResource({users}: GraphClient, objectId: string): Resource {
  const read = async (): Promise<UserPlace> => {
    if ((await users.find(objectId)) !== undefined) return 'present'
    for await (const user of users.listDeleted()) if (user.objectId === objectId) return 'deleted'
    return 'gone'
  }
  return {
    read,
    async write(_step, to: State) {
      if (to === 'present') await users.restore(objectId)
      else if (to === 'deleted') await users.remove(objectId)
      else await users.removeDeleted(objectId)
    },
  }
}
