import {FedctlError} from '../errors/fedctl-error.ts'
import {type Processes, takeOverJournal} from './journal-file.ts'
import type {Resources, StepOutcome} from './plan.ts'
import {undoLines} from './plan-failure.ts'
import {type RunOptions, runPlan} from './run-plan.ts'
import {type Undone, undoSteps} from './undo-steps.ts'
import type {UnfinishedPlan} from './unfinished-plan.ts'
import {verifyUndoable} from './verify-fresh.ts'

/** As for a first run; the journal is there already. */
export interface FinishOptions extends Omit<RunOptions, 'journal'> {
  readonly processes: Processes
}

/** Carries an unfinished plan out to its end, or undoes it all when that fails: as runPlan, whose errors it throws. Throws PlanUnfinished when it is running. */
export async function finishPlan(
  {plan, file}: UnfinishedPlan,
  resources: Resources,
  {processes, ...options}: FinishOptions,
): Promise<StepOutcome[]> {
  return runPlan(plan, resources, {...options, journal: await takeOverJournal(file, processes)})
}

/**
 * Undoes what an unfinished plan has done, newest first, and removes its journal. Throws PlanUnfinished when it is running, PlanStale when
 * something it did has been changed since (nothing is touched then), PartlyDone naming what could not be undone.
 */
export async function undoPlan(
  {plan, file}: UnfinishedPlan,
  resources: Resources,
  {processes, onStep}: FinishOptions,
): Promise<readonly Undone[]> {
  const journal = await takeOverJournal(file, processes)
  await verifyUndoable(plan, resources, journal.progress).catch(async (cause: unknown) => {
    await journal.leave(journal.waitingAt)
    throw cause
  })
  const undos = await undoSteps(plan, resources, journal)
  for (const {step, outcome} of undos) onStep?.(step, outcome)
  const left = undos.filter(({outcome}) => outcome === 'not undone')
  await (left.some(({forGood}) => forGood !== true) ? journal.leave() : journal.end())
  if (left.length === 0) return undos
  throw new FedctlError('PartlyDone', `Not all of ${plan.command} of ${plan.subject} could be undone.`, {
    details: undoLines(undos),
  })
}
