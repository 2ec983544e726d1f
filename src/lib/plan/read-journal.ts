import {bad, good, type Reading} from '../model/reading.ts'
import {decodePlan} from './decode-plan.ts'
import type {Progress, StepMark} from './journal.ts'
import type {Plan} from './plan.ts'

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessId {
  readonly pid: number
  /** When it started, in whatever form the system gives, without braces. */
  readonly startedAt: string
}

/** What a journal says. */
export interface JournalReading {
  readonly plan: Plan
  readonly progress: Progress
  /** The process that runs the plan, or was running it when it was killed; absent when the plan was left. */
  readonly owner?: ProcessId
  /** The manual step the plan waits for. */
  readonly waitingAt?: number
  /** How often another process has taken it over. */
  readonly takeOvers: number
}

/** The lines of a journal, as JSON: the first one starts it, the others say what happened. Only the first has objects in it. */
export type JournalLine =
  | {readonly journal: 1; readonly plan: Plan; readonly owner: ProcessId}
  | {readonly step: number; readonly mark: StepMark}
  | {readonly left: true; readonly waitingAt?: number}
  | ({readonly takeOver: number} & ProcessId)

/**
 * Reads a journal. A line that a kill or a full disk has torn, which is one that does not end in a brace, is left out: what it would have
 * announced was not begun. undefined: not even the first line is whole, so nothing was begun.
 */
export function readJournal(text: string): Reading<JournalReading | undefined> {
  const lines = text.split('\n').filter((line) => line !== '')
  let reading: JournalReading | undefined
  for (const [index, line] of lines.entries()) {
    const value = parsed(line)
    if (value === undefined && (reading === undefined || !line.endsWith('}') || index === lines.length - 1)) continue
    const next = reading === undefined ? firstLine(value) : laterLine(reading, value)
    if (!next.ok) return bad(`line ${index + 1} ${next.problem}`)
    reading = next.value
  }
  return good(reading)
}

/** The plan of a journal, whatever its later lines are like. */
export function readJournalPlan(text: string): Plan | undefined {
  const start = firstLine(
    text
      .split('\n')
      .map(parsed)
      .find((value) => value !== undefined),
  )
  return start.ok ? start.value.plan : undefined
}

function firstLine(value: unknown): Reading<JournalReading> {
  if (!isObject(value) || value['journal'] !== 1) return bad('is not the start of a journal of this version')
  const plan = decodePlan(value['plan'])
  if (!plan.ok) return bad(`holds no plan: ${plan.problem}`)
  const owner = processIdOf(value['owner'])
  return owner === undefined ? bad('names no process') : good({plan: plan.value, progress: [], owner, takeOvers: 0})
}

function laterLine(reading: JournalReading, value: unknown): Reading<JournalReading> {
  if (!isObject(value)) return bad('is not JSON')
  const {journal, step, mark, left, waitingAt, takeOver} = value
  const {waitingAt: _over, ...goingOn} = reading
  const {plan, progress, takeOvers} = reading
  // Of two processes that start it at once, the first line counts.
  if (journal === 1) return good(reading)
  if (isMark(mark) && isStep(plan, step) && mayFollow[mark].includes(progress[step]))
    return good({...goingOn, progress: Object.assign([...progress], {[step]: mark})})
  if (left === true && (waitingAt === undefined || isStep(plan, waitingAt)))
    return good({plan, progress, takeOvers, ...(waitingAt !== undefined && {waitingAt})})
  const owner = processIdOf(value)
  if (owner === undefined || typeof takeOver !== 'number') return bad('is nothing that stands there in a journal')
  // Of two processes that take over at once, the first line counts.
  return good(takeOver === takeOvers + 1 ? {...reading, owner, takeOvers: takeOver} : reading)
}

// A step is begun again when an interrupted plan is finished; the mark "undoing" may be missing, because undo goes on without it.
const mayFollow: Record<StepMark, readonly (StepMark | undefined)[]> = {
  begun: [undefined, 'begun', 'undoing', 'undone'],
  done: ['begun'],
  undoing: ['begun', 'done', 'undoing'],
  undone: ['begun', 'done', 'undoing'],
}

function processIdOf(value: unknown): ProcessId | undefined {
  if (!isObject(value)) return undefined
  const {pid, startedAt} = value
  return typeof pid === 'number' && typeof startedAt === 'string' ? {pid, startedAt} : undefined
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isMark = (value: unknown): value is StepMark => typeof value === 'string' && Object.hasOwn(mayFollow, value)
const isStep = (plan: Plan, value: unknown): value is number =>
  typeof value === 'number' && plan.steps[value] !== undefined
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
