import type {GraphClient} from '../graph/graph-client.ts'
import type {NewPassword} from '../model/user-change.ts'
import type {Resource, Step} from '../plan/plan.ts'

const set = 'a new one'

/** Setting a password. Nobody can read one back, so the step is done when the directory took it. */
export const planPassword = (userPrincipalName: string): Step => ({
  side: 'directory',
  kind: 'password',
  manual: false,
  target: userPrincipalName,
  action: 'set the password',
  before: 'as it is',
  after: set,
  irreversible: 'the directory does not give an old password back',
})

/** The password of one user as a thing that plans change. */
export function passwordResource({users}: GraphClient, objectId: string, password: NewPassword): Resource {
  let isSet = false
  return {
    read: async ({before}) => (isSet ? set : before),
    async write() {
      await users.setPassword(objectId, password)
      isSet = true
    },
  }
}
