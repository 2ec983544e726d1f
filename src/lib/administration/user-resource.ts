import {FedctlError} from '../errors/fedctl-error.ts'
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

/**
 * A user of the tenant as a thing that plans change: null is absent, else the properties that the step speaks of. A step that makes a user
 * throws AlreadyExists when somebody else made it, and undo removes only the one that was made here.
 */
export function userResource({users}: GraphClient, {objectId, password}: UserAccess = {}): Resource {
  let made: string | undefined
  const find = (target: string): Promise<User | undefined> => users.find(objectId ?? made ?? target)
  return {
    async read({target, before, after}) {
      const user = await find(target)
      if (user === undefined) return null
      if (before === null && made === undefined)
        throw new FedctlError('AlreadyExists', `There is a user ${target} already.`)
      return stateOf(user, namesIn(before, after))
    },
    async write({target, before}, to) {
      if (to === null) {
        if (made !== undefined) await users.remove(made)
      } else if (before === null) made = await users.create(toChange(to), password)
      else await users.update(objectId ?? target, toChange(to), password)
    },
  }
}

const toChange = (state: State): UserChange => state as UserChange
