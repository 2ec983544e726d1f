import {isDeepStrictEqual} from 'node:util'
import type {State} from './plan.ts'

/** Whether two states are the same: the order of properties does not matter, a property that is null is one that is not there. */
export const sameState = (one: State, other: State): boolean => isDeepStrictEqual(canonical(one), canonical(other))

function canonical(state: State): unknown {
  if (Array.isArray(state)) return state.map(canonical)
  if (state === null || typeof state !== 'object') return state
  const entries = Object.entries(state as {readonly [name: string]: State})
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, canonical(value)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}
