import {FedctlError} from '../errors/fedctl-error.ts'
import type {Plan, Step, StepOutcome} from './plan.ts'
import type {Undone} from './undo-steps.ts'

interface Failure {
  readonly plan: Plan
  /** The step at which it stopped. */
  readonly failed: Step | undefined
  readonly undos: readonly Undone[]
  readonly cause: unknown
  readonly aborted: boolean
  /** Another process can go on with what is left. */
  readonly isKept: boolean
}

/** The error for a plan that stopped and was undone: names each step that was undone and each that was not; what changed nothing stays `cause`. */
export function planFailure({plan, failed, undos, cause, aborted, isKept}: Failure): unknown {
  const left = undos.filter(({outcome}) => outcome === 'not undone')
  if (!aborted && undos.every(({untouched}) => untouched === true)) return cause
  const what = `${plan.command} of ${plan.subject}`
  const where = failed === undefined ? '' : ` at "${failed.action}" (${failed.target})`
  const end = left.length > 0 ? 'Not all of it could be undone.' : 'Everything that was begun has been undone.'
  const context = {details: undoLines(undos), hints: hintsOf(isKept ? left : [], cause), cause}
  if (aborted) return new FedctlError('Interrupted', `${what} was stopped${where}. ${end}`, context)
  const message = `${what} failed${where}: ${reasonOf(cause)} ${end}`
  return new FedctlError(left.length > 0 ? 'PartlyDone' : 'PlanFailed', message, context)
}

/** The error for a plan that waits for a person: names what is done, what waits, and how to go on. */
export function planWaiting(plan: Plan, outcomes: readonly StepOutcome[], missing: string): FedctlError {
  const waiting = plan.steps[outcomes.length]
  return new FedctlError('PlanWaiting', `${plan.command} of ${plan.subject} waits: ${missing}`, {
    details: [
      ...plan.steps.slice(0, outcomes.length).map((step, index) => stepLine(step, outcomes[index] ?? 'not begun')),
      ...(waiting === undefined ? [] : [stepLine(waiting, 'waiting')]),
      ...plan.steps.slice(outcomes.length + 1).map((step) => stepLine(step, 'not begun')),
    ],
    hints: [
      `When that is done, go on: fedctl ${plan.command} ${plan.subject} --unfinished finish`,
      `To take back what is done: fedctl ${plan.command} ${plan.subject} --unfinished undo`,
    ],
  })
}

const mostAlike = 5

/** Lines about the steps that undo looked at; many that tell the same of different things are one. */
export function undoLines(undos: readonly Undone[]): string[] {
  const groups = Map.groupBy(undos, ({step: {action}, outcome, reason = ''}) =>
    JSON.stringify([action, outcome, reason]),
  )
  return [...groups.values()].flatMap((alike) => (alike.length > mostAlike ? [manyLine(alike)] : alike.map(undoLine)))
}

const undoLine = ({step, outcome, reason}: Undone): string => stepLine(step, outcome) + because(reason)

function manyLine(alike: readonly Undone[]): string {
  const [first] = alike
  if (first === undefined) return ''
  const targets = alike.map(({step}) => step.target)
  const named = `${targets.slice(0, 3).join(', ')} and ${targets.length - 3} more`
  return `${first.outcome}, ${targets.length} times: ${first.step.action} (${named})${because(first.reason)}`
}

const because = (reason: string | undefined): string => (reason === undefined ? '' : `: ${reason}`)

const stepLine = (step: Step, outcome: StepOutcome) => `${outcome}: ${step.action} (${step.target})`

function hintsOf(left: readonly Undone[], cause: unknown): string[] {
  const again = left.some(({forGood}) => forGood !== true)
  return [
    ...(cause instanceof FedctlError ? cause.hints : []),
    ...(again ? ['The plan stays in its journal: the next run of the command offers to finish or to undo it.'] : []),
  ]
}

const reasonOf = (cause: unknown): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.endsWith('.') ? text : `${text}.`
}
