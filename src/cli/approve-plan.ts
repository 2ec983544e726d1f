import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Finding} from '../lib/model/finding.ts'
import type {Plan, Step} from '../lib/plan/plan.ts'
import type {Context} from './context.ts'
import {planPreface} from './render/plan.ts'

/** A plan that a person has to approve. */
export interface Proposal {
  readonly plan: Plan
  /** Asked about even when nobody said --confirm: it destroys, or concerns many. */
  readonly isDestructive?: boolean
  /** Asks in its own way, and throws when the answer is not the right one. */
  readonly confirmBy?: () => Promise<void>
}

type Given = Readonly<Record<string, unknown>>

/** Says what was found, and asks where that is wanted. Throws PreflightFailed, AnswerNeeded, NotConfirmed. */
export async function approvePlan(context: Context, proposal: Proposal, given: Given): Promise<void> {
  const {plan, isDestructive, confirmBy} = proposal
  weighFindings(context, plan, given)
  await confirmBy?.()
  const asks = given['confirm'] === true || (isDestructive === true && given['force'] !== true)
  if (asks && plan.steps.length > 0) await ask(context, plan, given['confirm'] === true)
}

/** Stops with the errors that are not accepted, and warns of what else was found. */
export function weighFindings({warn}: Context, plan: Plan, given: Given): void {
  refuseErrors(plan, given)
  for (const code of acceptedCodes(given))
    if (!plan.findings.some((finding) => finding.code.toLowerCase() === code))
      warn(`Nothing was found that --accept ${code} would accept.`)
  for (const {severity, code, message} of unaccepted(plan, given))
    if (severity !== 'information') warn(`${message} (${code})`)
}

/** Stops with all the errors that were found and not accepted one by one. */
export function refuseErrors(plan: Plan, given: Given): void {
  const errors = unaccepted(plan, given).filter(({severity}) => severity === 'error')
  if (errors.length === 0) return
  const what = errors.length === 1 ? 'one thing forbids it' : `${errors.length} things forbid it`
  throw new FedctlError('PreflightFailed', `${plan.command} ${plan.subject}: ${what}; nothing was changed.`, {
    details: errors.flatMap(({code, message, hint}) => [`${code}: ${message}`, `  → ${hint}`]),
  })
}

/** The plan with what was accepted told as such. */
export function withAccepted(plan: Plan, given: Given): Plan {
  const open = unaccepted(plan, given)
  const findings = plan.findings.map((finding) =>
    open.includes(finding)
      ? finding
      : {...finding, severity: 'information' as const, message: `accepted: ${finding.message}`},
  )
  return {...plan, findings}
}

const acceptedCodes = (given: Given): readonly string[] =>
  ((given['accept'] as readonly string[] | undefined) ?? []).map((code) => code.toLowerCase())

/** The findings that nobody has accepted by their codes; a final one cannot be. */
function unaccepted({findings}: Plan, given: Given): Finding[] {
  const codes = acceptedCodes(given)
  return findings.filter(({code, final}) => final === true || !codes.includes(code.toLowerCase()))
}

async function ask({terminal}: Context, plan: Plan, isStepByStep: boolean): Promise<void> {
  const {command, subject, steps} = plan
  if (!terminal.isInteractive)
    throw new FedctlError(
      'AnswerNeeded',
      `${command} ${subject} asks before it changes anything, and there is no terminal.`,
      {hints: ['Look at it with --what-if, then give --force.']},
    )
  planPreface(plan, 'table', {write: terminal.writeError})
  for (const {action, target} of steps) terminal.writeError(`  ${action}: ${target}\n`)
  const questions = isStepByStep ? steps.map(questionOf) : [`${command} ${subject}: go on?`]
  for (const question of questions) {
    const answer = await terminal.prompts.confirm(question)
    if (answer === 'yes to all') return
    if (answer !== 'yes') throw new FedctlError('NotConfirmed', `${subject} is left as it is: nothing was changed.`)
  }
}

const questionOf = ({action, target}: Step): string => `${action}: ${target}?`
