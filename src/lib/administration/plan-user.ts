import type {User} from '../model/user.ts'
import type {UserChange} from '../model/user-change.ts'
import type {State, Step} from '../plan/plan.ts'
import {sameState} from '../plan/same-state.ts'
import {stateOf} from './state-of.ts'

const step = {side: 'directory', kind: 'user', manual: false} as const

/** Making a user that is not there. */
export const planNewUser = (wanted: UserChange & {userPrincipalName: string}): Step => ({
  ...step,
  target: wanted.userPrincipalName,
  action: 'create the user',
  before: null,
  after: withoutNothing(wanted),
})

/** Changing what differs; no step when nothing does. */
export function planUserChange(user: User, wanted: UserChange, action = 'change the user'): readonly Step[] {
  const after = wanted as {readonly [name: string]: State}
  const before = stateOf(user, Object.keys(after))
  if (sameState(before, after)) return []
  return [{...step, target: user.userPrincipalName, action, before, after}]
}

const withoutNothing = (wanted: UserChange): State =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null && value !== undefined)) as State
