import type {State} from './plan.ts'
import {sameState} from './same-state.ts'

/** How `found` differs from `expected`, as a clause that follows the name of the thing; long values such as certificates are not shown. */
export function describeDifference(expected: State, found: State): string {
  if (found === null) return 'is not there'
  if (expected === null) return 'is there already, and it is another'
  if (!isObject(expected) || !isObject(found)) return `is ${shown(found)}, expected ${shown(expected)}`
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])]
  return names
    .map((name) => ({name, is: found[name] ?? null, wanted: expected[name] ?? null}))
    .filter(({is, wanted}) => !sameState(is, wanted))
    .map(({name, is, wanted}) => `${name} is ${shown(is)}, expected ${shown(wanted)}`)
    .join('; ')
}

type StateObject = {readonly [name: string]: State}
const isObject = (state: State): state is StateObject =>
  typeof state === 'object' && state !== null && !Array.isArray(state)

function shown(state: State): string {
  if (state === null) return 'not set'
  const text = JSON.stringify(state)
  return text.length > 80 ? `a value of ${text.length} characters` : text
}
