import {describeDifference} from './describe-difference.ts'
import type {Journal} from './journal.ts'
import type {Plan, Resources, Step} from './plan.ts'
import {sameState} from './same-state.ts'
import {isBegun, resourceOf} from './verify-fresh.ts'

/** What undo made of one step that had been begun. */
export interface Undone {
  readonly step: Step
  readonly outcome: 'undone' | 'not undone'
  /** Why not; for 'not undone'. */
  readonly reason?: string
  /** Trying again cannot help: the step is irreversible. */
  readonly forGood?: boolean
  /** Nothing had to be written: the step had changed nothing. */
  readonly untouched?: boolean
}

/**
 * Undoes every step that was begun, newest first, and goes on when one cannot be undone. Left as they are, then: earlier steps about the
 * same thing, and the other side, because a relying party must not go while the directory may still point at it. Never throws.
 */
export async function undoSteps(plan: Plan, resources: Resources, journal: Journal): Promise<Undone[]> {
  const outcomes: Undone[] = []
  for (const [index, step] of [...plan.steps.entries()].reverse()) {
    if (!isBegun(journal.progress[index])) continue
    const stuck = outcomes.find((later) => later.outcome === 'not undone' && needs(later, step))?.step
    outcomes.push(
      stuck === undefined
        ? await undoStep(step, index, resources, journal)
        : notUndone(step, `left as it is, because "${stuck.action}" could not be undone`),
    )
  }
  return outcomes
}

const needs = ({step: later, forGood}: Undone, step: Step) =>
  (later.kind === step.kind && later.target === step.target) || (forGood !== true && later.side !== step.side)

async function undoStep(step: Step, index: number, resources: Resources, journal: Journal): Promise<Undone> {
  // A full disk must not keep us from undoing: without the mark, undo is merely tried again.
  const record = (mark: 'undoing' | 'undone') => journal.record(index, mark).catch(() => undefined)
  try {
    const resource = resourceOf(resources, step)
    const isForGood = step.irreversible !== undefined && journal.progress[index] === 'done'
    const untouched = !isForGood && sameState(await resource.read(step), step.before)
    if (!untouched) {
      if (step.irreversible !== undefined) return {...notUndone(step, step.irreversible), forGood: true}
      await record('undoing')
      await resource.write(step, step.before)
      const found = await resource.read(step)
      if (!sameState(found, step.before))
        return notUndone(step, `${step.target} ${describeDifference(step.before, found)}`)
    }
    await record('undone')
    return {step, outcome: 'undone', untouched}
  } catch (error) {
    return notUndone(step, error instanceof Error ? error.message : String(error))
  }
}

const notUndone = (step: Step, reason: string): Undone => ({step, outcome: 'not undone', reason})
