import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {Journal} from './journal.ts'
import {findJournalPlan, journalEnding, loadJournal, type Processes, running, startJournal} from './journal-file.ts'
import type {Plan} from './plan.ts'
import type {JournalReading} from './read-journal.ts'

/** A plan that was interrupted, is waiting for a person, or is being carried out now. */
export interface UnfinishedPlan extends JournalReading {
  /** Its journal. */
  readonly file: string
}

/** A journal that cannot be read, or the whole folder of them. */
export interface DamagedJournal {
  /** JournalDamaged or FileFailure. */
  readonly error: FedctlError
  /** What it is about, where at least that can be read. */
  readonly plan: Plan | undefined
}

/**
 * Every plan of a folder that has not come to its end; no folder is no plans. `onDamaged` is told each journal that cannot be read, and
 * throws when it matters; without it, any does.
 */
export async function listUnfinished(folder: string, onDamaged = refuseDamaged): Promise<UnfinishedPlan[]> {
  const names = await namesIn(folder).catch(damaged(onDamaged))
  const found: UnfinishedPlan[] = []
  for (const name of (names ?? []).filter((one) => one.endsWith(journalEnding)).sort()) {
    const file = join(folder, name)
    const reading = await loadJournal(file).catch(damaged(onDamaged, file))
    if (reading !== undefined) found.push({...reading, file})
  }
  return found
}

const damaged =
  (onDamaged: (damaged: DamagedJournal) => void, file?: string) =>
  async (error: unknown): Promise<undefined> => {
    if (!(error instanceof FedctlError)) throw error
    onDamaged({error, plan: file === undefined ? undefined : await findJournalPlan(file)})
  }

const refuseDamaged = ({error}: DamagedJournal): void => {
  throw error
}

/** Throws for a damaged journal that may be about the same thing of the same tenant. */
export const refuseDamagedAbout =
  (thing: Pick<Plan, 'tenantId' | 'subject'>) =>
  ({plan, error}: DamagedJournal): void => {
    if (plan === undefined || isAbout(plan, thing)) throw error
  }

/**
 * Starts the journal of a plan unless another plan about the same thing of the same tenant is unfinished there: then throws PlanUnfinished,
 * which says whether that one is running, waits for a person or was interrupted.
 */
export async function openJournal(folder: string, plan: Plan, processes: Processes): Promise<Journal> {
  // The journal comes first: of two processes that start at once, each then sees the other.
  const journal = await startJournal(folder, plan, processes)
  try {
    const unfinished = await listUnfinished(folder, refuseDamagedAbout(plan))
    const other = unfinished.find((one) => one.plan.id !== plan.id && isAbout(one.plan, plan))
    if (other !== undefined) throw refusal(other, processes)
    return journal
  } catch (error) {
    await journal.end()
    throw error
  }
}

const isAbout = (one: Plan, other: Pick<Plan, 'tenantId' | 'subject'>) =>
  one.tenantId === other.tenantId && one.subject === other.subject

function refusal({plan, owner, waitingAt, file}: UnfinishedPlan, processes: Processes): FedctlError {
  if (owner !== undefined && processes.isRunning(owner)) return running(plan, owner)
  const waiting = waitingAt === undefined ? undefined : plan.steps[waitingAt]
  const state = waiting === undefined ? 'was interrupted' : `waits for a person: ${waiting.action} (${waiting.target})`
  return new FedctlError('PlanUnfinished', `${plan.command} of ${plan.subject}, begun ${plan.createdAt}, ${state}.`, {
    details: [`journal: ${file}`],
    hints: [`Finish or undo it first: fedctl ${plan.command} ${plan.subject} --unfinished finish|undo`],
  })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new FedctlError('FileFailure', `The folder of the journals cannot be read: ${message}`, {cause})
  }
}
