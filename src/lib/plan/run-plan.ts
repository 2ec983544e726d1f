import {FedctlError} from '../errors/fedctl-error.ts'
import {isRefusal} from '../errors/is-refusal.ts'
import {describeDifference} from './describe-difference.ts'
import {type Journal, memoryJournal} from './journal.ts'
import type {Plan, Resources, Step, StepOutcome} from './plan.ts'
import {planFailure, planWaiting} from './plan-failure.ts'
import {sameState} from './same-state.ts'
import {undoSteps} from './undo-steps.ts'
import {isBegun, isUnderWay, resourceOf, type Standing, verifyFresh} from './verify-fresh.ts'

/** How a plan is run. */
export interface RunOptions {
  /** Where begun and done are written down; without one, a killed process leaves nothing to finish or undo. */
  readonly journal?: Journal
  /** Aborting stops the plan between two steps, or while it asks whether a person is done, and undoes what was begun. */
  readonly signal?: AbortSignal
  readonly onStep?: (step: Step, outcome: StepOutcome) => void
}

interface Run extends RunOptions {
  readonly plan: Plan
  readonly resources: Resources
  readonly journal: Journal
  readonly standings: readonly Standing[]
  readonly outcomes: StepOutcome[]
}

/**
 * Carries a plan out: checks that nothing moved, then applies and reads back step by step; on failure or abort undoes what was begun,
 * newest first. Gives one outcome a step; a manual step that no step at the directory comes after may be 'waiting'. Running twice is harmless.
 * Throws PlanStale (nothing touched), PlanWaiting at a manual step, PlanFailed (all undone), PartlyDone (some not undone), Interrupted;
 * a failure that had changed nothing is thrown as it is.
 */
export async function runPlan(plan: Plan, resources: Resources, options: RunOptions = {}): Promise<StepOutcome[]> {
  const {journal = memoryJournal()} = options
  const standings = await verifyFresh(plan, resources, journal).catch(async (cause: unknown) => {
    await (isUnderWay(journal) ? journal.leave(journal.waitingAt) : journal.end())
    throw cause
  })
  const run: Run = {...options, plan, resources, journal, standings, outcomes: []}
  const missing = await carryOut(run).catch(async (cause: unknown) => {
    throw await undone(run, cause)
  })
  if (missing !== undefined) {
    await journal.leave(run.outcomes.length)
    throw planWaiting(plan, run.outcomes, missing)
  }
  await journal.end()
  return run.outcomes
}

/** Goes on until the end, or until a manual step that the directory has to wait for: gives what is missing there. */
async function carryOut(run: Run): Promise<string | undefined> {
  for (const [index, step] of run.plan.steps.entries()) {
    run.signal?.throwIfAborted()
    const outcome = step.manual ? await look(run, step, index) : await apply(run, step, index)
    if (typeof outcome === 'object') return outcome.missing
    run.outcomes.push(outcome)
    run.onStep?.(step, outcome)
  }
  return undefined
}

/** Looks whether a person has done a manual step. Only steps at the directory wait for it: they would lock people out. */
async function look(run: Run, step: Step, index: number): Promise<StepOutcome | {missing: string}> {
  const isLater = ({side, manual, proof}: Step, at: number) =>
    at > index && side === 'directory' && !manual && proof !== true
  const standings = run.standings.filter((_, at) => isLater(run.plan.steps[at] ?? step, at))
  if (standings.length > 0 && !standings.includes('to do')) return 'already so'
  const missing = await resourceOf(run.resources, step).waitingFor?.(step, run.signal)
  // What was stopped has no answer.
  run.signal?.throwIfAborted()
  if (missing === undefined) return 'done'
  return standings.length > 0 ? {missing} : 'waiting'
}

async function apply({resources, journal, standings}: Run, step: Step, index: number): Promise<StepOutcome> {
  const standing = standings[index]
  if (standing === 'done' || standing === 'already so') return standing
  const resource = resourceOf(resources, step)
  const isBegunEarlier = isBegun(journal.progress[index])
  await journal.record(index, 'begun')
  await resource.write(step, step.after).catch(async (error: unknown) => {
    // What is there now is somebody else's: undo must not touch it.
    if (isRefusal(error) && !isBegunEarlier) await journal.record(index, 'undone')
    throw error
  })
  const found = await resource.read(step)
  if (!sameState(found, step.after)) {
    const difference = describeDifference(step.after, found)
    throw new FedctlError('ServiceFailure', `Read back after the change, ${step.target} ${difference}.`)
  }
  await journal.record(index, 'done')
  return 'done'
}

/** Undoes what was begun and gives the error that says so. */
async function undone({plan, resources, journal, outcomes, ...run}: Run, cause: unknown): Promise<unknown> {
  const undos = await undoSteps(plan, resources, journal)
  for (const {step, outcome} of undos) run.onStep?.(step, outcome)
  const open = undos.some(({outcome, forGood}) => outcome === 'not undone' && forGood !== true)
  // The failure of the plan is what has to be told; a journal that cannot be closed is found by the next command.
  await (open ? journal.leave() : journal.end()).catch(() => undefined)
  const failed = plan.steps[outcomes.length]
  const isKept = journal.file !== undefined
  return planFailure({plan, failed, undos, cause, aborted: run.signal?.aborted === true, isKept})
}
