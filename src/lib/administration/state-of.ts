import type {State} from '../plan/plan.ts'

type Names = {readonly [name: string]: unknown}

/** The properties of `record` that a plan speaks of; what the record does not have is null. */
export const stateOf = (record: object, names: readonly string[]): {readonly [name: string]: State} =>
  Object.fromEntries(names.map((name) => [name, ((record as Names)[name] ?? null) as State]))

/** The names that a state speaks of. */
export const namesIn = (...states: readonly State[]): readonly string[] => [
  ...new Set(states.flatMap((state) => (state === null || typeof state !== 'object' ? [] : Object.keys(state)))),
]
