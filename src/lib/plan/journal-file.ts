import {appendFile, constants, mkdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {Journal, StepMark} from './journal.ts'
import type {Plan} from './plan.ts'
import {type JournalLine, type JournalReading, type ProcessId, readJournal, readJournalPlan} from './read-journal.ts'

/** The processes of this machine, as far as a journal has to know them. */
export interface Processes {
  readonly self: ProcessId
  isRunning(process: ProcessId): boolean
}

/** The ending of a journal's file name; before it stands the plan's id. */
export const journalEnding = '.journal'

/**
 * Starts the journal of a plan, a file of its own (0600) in a folder (0700). When two processes try at once, the one whose line comes first
 * has it. Throws PlanUnfinished when it has one already; one that was torn before anything was begun is none.
 */
export async function startJournal(folder: string, plan: Plan, processes: Processes): Promise<Journal> {
  const file = join(folder, plan.id + journalEnding)
  const taken = new FedctlError('PlanUnfinished', `This plan has a journal already: ${file}.`)
  if ((await loadJournal(file)) !== undefined) throw taken
  await filed(file, async () => {
    await mkdir(folder, {recursive: true, mode: 0o700})
    await append(file, {journal: 1, plan, owner: processes.self}, 'a')
  })
  const reading = await loadJournal(file)
  if (reading === undefined || !isDeepStrictEqual(reading.owner, processes.self)) throw taken
  return journalOn(file, reading)
}

/** Reads a journal file; undefined when there is none, or when nothing had been begun before it was torn. Throws JournalDamaged. */
export async function loadJournal(file: string): Promise<JournalReading | undefined> {
  const reading = readJournal(await textOf(file))
  if (reading.ok) return reading.value
  throw new FedctlError('JournalDamaged', `The journal ${file} is damaged: ${reading.problem}.`, {
    hints: ['See what its plan was about and whether it is half done; then remove the file. It is left as it is.'],
  })
}

/** The plan of a journal that is damaged further down; undefined when it is the plan that cannot be read. */
export const findJournalPlan = async (file: string): Promise<Plan | undefined> =>
  readJournalPlan(await textOf(file).catch(() => ''))

/**
 * Goes on with the journal of a plan whose process is gone; when two processes try at once, the one whose line comes first has it.
 * Throws PlanUnfinished when another process is at it, NotFound when one has brought it to its end.
 */
export async function takeOverJournal(file: string, processes: Processes): Promise<Journal> {
  const found = await loadJournal(file)
  if (found === undefined) throw gone(file)
  if (found.owner !== undefined && processes.isRunning(found.owner)) throw running(found.plan, found.owner)
  await filed(file, () => append(file, {takeOver: found.takeOvers + 1, ...processes.self}))
  const reading = await loadJournal(file)
  if (reading === undefined || !isDeepStrictEqual(reading.owner, processes.self))
    throw new FedctlError('PlanUnfinished', `Another process has just taken over the plan in ${file}.`)
  return journalOn(file, reading)
}

/** The refusal to touch a plan that another process is carrying out. */
export const running = (plan: Plan, owner: ProcessId): FedctlError =>
  new FedctlError(
    'PlanUnfinished',
    `${plan.command} of ${plan.subject} is running in another process (${owner.pid}).`,
    {
      hints: ['Wait until it has ended.'],
    },
  )

function journalOn(file: string, {progress: earlier, waitingAt: waitedAt}: JournalReading): Journal {
  const progress: (StepMark | undefined)[] = [...earlier]
  return {
    progress,
    file,
    ...(waitedAt !== undefined && {waitingAt: waitedAt}),
    async record(step, mark) {
      await filed(file, () => append(file, {step, mark}))
      progress[step] = mark
    },
    leave: (waitingAt) => filed(file, () => append(file, {left: true, ...(waitingAt !== undefined && {waitingAt})})),
    end: () => filed(file, () => rm(file, {force: true})),
  }
}

// Only the first line makes the file: one that somebody has removed does not come back as a part of itself.
const toTheEnd = constants.O_WRONLY | constants.O_APPEND

// A line starts with a line break of its own, so that it stays whole after one that a kill has torn.
const append = (file: string, line: JournalLine, flag: 'a' | number = toTheEnd) =>
  appendFile(file, `\n${JSON.stringify(line)}\n`, {flag, mode: 0o600, flush: true})

const textOf = (file: string): Promise<string> =>
  filed(file, () =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    }),
  )

const gone = (file: string, cause?: unknown) =>
  new FedctlError('NotFound', `The journal ${file} is gone: another process has brought its plan to an end.`, {cause})

async function filed<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw gone(file, cause)
    throw new FedctlError('FileFailure', `The journal ${file} cannot be used: ${message}`, {cause})
  }
}
