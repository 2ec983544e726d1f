import {GraphFailure} from '../rules/graph-failure.ts'
import {changesKeptMilliseconds} from '../store/changes.ts'

/** What a client asked for when it began, and how far it has come. */
export interface DeltaState {
  readonly tenantId: string
  /** The path of the set: `users`. */
  readonly of: string
  readonly select?: readonly string[]
  readonly ids?: readonly string[]
  /** Changes after this sequence are not told yet. */
  readonly since: number
  /** When the round began whose end tells `since`, in milliseconds since 1970. */
  readonly time: number
  /** In the middle of the first round: the object where its page ended. */
  readonly after?: readonly [createdDateTime: string, id: string]
  /** In the middle of a later round: the last sequence it tells of, and when it began. */
  readonly upTo?: {readonly sequence: number; readonly time: number}
}

/** So many objects can be asked for by their ids. */
export const mostIds = 50

/** A state as an opaque text. */
export const writeDeltaToken = (state: DeltaState): string => Buffer.from(JSON.stringify(state)).toString('base64url')

interface Expected extends Pick<DeltaState, 'tenantId' | 'of'> {
  readonly now: Date
}

/** Reads what writeDeltaToken wrote for this tenant and set. Throws GraphFailure 410 for what it did not write, or too long ago. */
export function readDeltaToken(token: string, {tenantId, of, now}: Expected): DeltaState {
  const state = parse(token)
  if (state === undefined || state.tenantId !== tenantId || state.of !== of)
    throw gone('syncStateNotFound', 'The sync state generation is not found. Data must be synchronized again.')
  if (now.getTime() - state.time > changesKeptMilliseconds)
    throw gone('resyncRequired', 'The delta token is expired, and data must be synchronized again.')
  return state
}

const gone = (code: string, message: string): GraphFailure => new GraphFailure(410, code, message)

function parse(token: string): DeltaState | undefined {
  try {
    const state: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    return isState(state) ? state : undefined
  } catch {
    return undefined
  }
}

function isState(value: unknown): value is DeltaState {
  const {since, time, select, ids, after, upTo} = (value ?? {}) as Partial<DeltaState>
  const numbers = [since, time, ...(upTo === undefined ? [] : [upTo.sequence, upTo.time])]
  const [ofSelect, ofIds, ofAfter] = [select ?? [], ids ?? [], after ?? ['', '']]
  return (
    numbers.every(Number.isSafeInteger) &&
    [ofSelect, ofIds, ofAfter].every(isTexts) &&
    ofIds.length <= mostIds &&
    ofAfter.length === 2
  )
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')
