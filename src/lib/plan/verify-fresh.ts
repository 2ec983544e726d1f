import {FedctlError} from '../errors/fedctl-error.ts'
import {describeDifference} from './describe-difference.ts'
import type {Journal, Progress} from './journal.ts'
import type {Plan, Resource, Resources, State, Step} from './plan.ts'
import {sameState} from './same-state.ts'

/** How a step stands before the plan goes on: its work is to do, this plan did it earlier, or the world was so already. */
export type Standing = 'to do' | 'done' | 'already so'

interface Place {
  readonly index: number
  readonly step: Step
}

/**
 * Reads every thing of the plan before anything is touched and says how each step stands. Steps about the same thing form a chain: the
 * world may be where any of them leaves it. A step that an earlier run had begun may be found in any state.
 * Throws PlanStale listing each thing that moved.
 */
export async function verifyFresh(plan: Plan, resources: Resources, journal: Progressed): Promise<Standing[]> {
  const {progress} = journal
  const standings: Standing[] = plan.steps.map(() => 'to do')
  const moved: string[] = []
  for (const chain of chainsOf(plan)) {
    const done = chain.findIndex(({index}) => progress[index] !== 'done')
    const left = done < 0 ? [] : chain.slice(done)
    for (const {index} of chain.slice(0, chain.length - left.length)) standings[index] = 'done'
    if (left[0] !== undefined && isBegun(progress[left[0].index])) continue
    // What is done for good is not looked at again: its trace (a file of passwords) may have been put away. A proof has none.
    const last = chain.at(-1)?.step
    if (left.length === 0 && (last?.irreversible !== undefined || last?.proof === true)) continue
    const place = await findPlace(chain, left, resources)
    if (typeof place === 'string') moved.push(place)
    else for (const {index} of left.slice(0, place)) standings[index] = 'already so'
  }
  if (moved.length > 0) throw stale(plan, moved, isUnderWay(journal))
  return withoutNeedlessProof(plan, standings)
}

/** Where everything was so already there is nothing to prove. */
function withoutNeedlessProof({steps}: Plan, standings: readonly Standing[]): Standing[] {
  const isProof = (index: number) => steps[index]?.proof === true
  const work = standings.filter((_, index) => steps[index]?.manual === false && !isProof(index))
  const isNeedless = work.length > 0 && work.every((standing) => standing === 'already so')
  return standings.map((standing, index) => (isNeedless && isProof(index) ? 'already so' : standing))
}

type Progressed = Pick<Journal, 'progress' | 'waitingAt'>

/** Whether an earlier run has begun something, or waits for a person: then the plan has to be finished or undone. */
export const isUnderWay = ({progress, waitingAt}: Progressed): boolean =>
  waitingAt !== undefined || progress.some(isBegun)

/** As verifyFresh, for undoing an unfinished plan: what was done must still be so, or be as it was before. */
export async function verifyUndoable(plan: Plan, resources: Resources, progress: Progress): Promise<void> {
  const moved: string[] = []
  for (const chain of chainsOf(plan)) {
    const last = chain.findLast(({index}) => isBegun(progress[index]))
    if (last === undefined || progress[last.index] !== 'done' || last.step.irreversible !== undefined) continue
    const found = await resourceOf(resources, last.step).read(last.step)
    if (!sameState(found, last.step.after) && !sameState(found, last.step.before))
      moved.push(`${last.step.target} ${describeDifference(last.step.after, found)}`)
  }
  if (moved.length > 0) throw stale(plan, moved, true)
}

/** Whether a step has been begun and not been undone, so that undo has to look at it. */
export const isBegun = (mark: Progress[number]): boolean => mark === 'begun' || mark === 'done' || mark === 'undoing'

/** The resource of a step's kind; throws PlanUnreadable when there is none, as in a plan file of another command. */
export function resourceOf(resources: Resources, step: Step): Resource {
  const resource = Object.hasOwn(resources, step.kind) ? resources[step.kind] : undefined
  if (resource !== undefined) return resource
  throw new FedctlError('PlanUnreadable', `The plan has a step of a kind that is not known here: ${step.kind}.`)
}

function chainsOf(plan: Plan): Place[][] {
  const chains = new Map<string, Place[]>()
  for (const [index, step] of plan.steps.entries()) {
    if (step.manual) continue
    const key = JSON.stringify([step.kind, step.target])
    chains.set(key, [...(chains.get(key) ?? []), {index, step}])
  }
  return [...chains.values()]
}

/** How many of the steps that are left are already so; a text says what moved. */
async function findPlace(chain: readonly Place[], left: readonly Place[], resources: Resources) {
  const [first, last] = [left[0] ?? chain.at(-1), chain.at(-1)]
  if (first === undefined || last === undefined) return 0
  for (const [position, {step}] of chain.entries()) {
    const earlier = chain[position - 1]?.step
    if (earlier !== undefined && !sameState(step.before, earlier.after))
      return `${step.target}, after "${earlier.action}", ${describeDifference(step.before, earlier.after)}`
  }
  const states: State[] =
    left[0] === undefined ? [last.step.after] : [first.step.before, ...left.map(({step}) => step.after)]
  const found = await resourceOf(resources, first.step).read(first.step)
  let place = states.findIndex((state) => sameState(state, found))
  if (place < 0) return whatMoved(first.step, found)
  while (place + 1 < states.length && sameState(states[place] ?? null, states[place + 1] ?? null)) place += 1
  return place
}

function whatMoved({target, before, after}: Step, found: State): string {
  if (before !== null || found === null || after === null) return `${target} ${describeDifference(before, found)}`
  return `${target} is there already, and not as it is wanted: ${describeDifference(after, found)}`
}

const stale = ({command, subject}: Plan, moved: readonly string[], underWay: boolean) =>
  new FedctlError('PlanStale', `The plan for ${subject} is stale: what it was made for has changed.`, {
    details: moved,
    hints: [
      underWay
        ? `Put that right, then run ${command} for ${subject} again: --unfinished finish goes on, --unfinished undo takes back what is done.`
        : `Make a new plan: run ${command} again without --plan.`,
    ],
  })
