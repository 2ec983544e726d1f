import type {GraphClient} from '../graph/graph-client.ts'
import type {User} from '../model/user.ts'
import type {NewPassword, UserChange} from '../model/user-change.ts'
import type {Resource, State} from '../plan/plan.ts'
import {namesIn, stateOf} from './state-of.ts'

interface UserAccess {
  /** Finds the user whatever its name is by now; a user yet to be made has none. */
  readonly objectId?: string
  /** Set with the change; it stays out of the plan. */
  readonly password?: NewPassword | undefined
}

/** A user of the tenant as a thing that plans change: null is absent, else the properties that the step speaks of. */
export function userResource({users}: GraphClient, {objectId, password}: UserAccess = {}): Resource {
  const find = (target: string): Promise<User | undefined> => users.find(objectId ?? target)
  return {
    async read({target, before, after}) {
      const user = await find(target)
      return user === undefined ? null : stateOf(user, namesIn(before, after))
    },
    async write({target}, to) {
      const user = await find(target)
      if (to === null) return user === undefined ? undefined : users.remove(user.objectId)
      if (user === undefined) await users.create(toChange(to), password)
      else await users.update(user.objectId, toChange(to), password)
    },
  }
}

const toChange = (state: State): UserChange => state as UserChange
