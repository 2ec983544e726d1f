import type {Interfaces} from '@oclif/core'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {RecordedRequest} from '../lib/http/recording.ts'
import type {Finding} from '../lib/model/finding.ts'
import type {Journal} from '../lib/plan/journal.ts'
import type {Plan, Resources, State, Step} from '../lib/plan/plan.ts'
import {type Answer, FedctlCommand, type Given} from './fedctl-command.ts'
import {changeFlags, commonFlags} from './flags/common-flags.ts'
import {planPreface} from './render/plan.ts'
import {requestView} from './views/request-view.ts'
import {stepView} from './views/step-view.ts'

/** What a changing command is going to do. */
export interface Change<Row> {
  readonly plan: Plan
  readonly resources: Resources
  /** Asked about even when nobody said --confirm: it destroys, or concerns many. */
  readonly isDestructive?: boolean
  /** Asks in its own way, and throws when the answer is not the right one. */
  readonly confirmBy?: () => Promise<void>
  /** Keeps what was begun over a crash; for plans of several steps. */
  readonly journal?: Journal
  /** What the command yields when it is done. */
  readonly result?: () => AsyncIterable<Row>
}

/** A command that changes something: preflight → plan → show → confirm → run, the same for all of them. */
export abstract class ChangeCommand<Row extends object> extends FedctlCommand<Row> {
  static override baseFlags: Interfaces.FlagInput = {...commonFlags, ...changeFlags}

  /** Reads what is there and says what is going to change. Changes nothing. */
  protected abstract prepare(parameters: never): Promise<Change<Row>>

  protected override async *records(given: Given): AsyncIterable<Row> {
    const change = await this.prepare(given as never)
    await this.approve(change, given)
    await this.carryOut(change)
    if (change.result !== undefined) yield* change.result()
  }

  protected override async answer(given: Given): Promise<Answer> {
    if (given['whatIf'] !== true) return super.answer(given)
    const {plan} = await this.prepare(given as never)
    const format = this.format(given, 'table')
    planPreface(plan, format, this.context.terminal)
    refuseErrors(plan, accepted(given))
    return {rows: asStream(plan.steps), view: stepView, format}
  }

  protected override async requests(given: Given): Promise<Answer> {
    const recorded: RecordedRequest[] = []
    this.context = this.context.with({record: {to: (request) => recorded.push(request), readsPass: true}})
    const {plan, resources} = await this.prepare(given as never)
    refuseErrors(plan, accepted(given))
    for (const step of plan.steps) if (step.side === 'directory') await resources[step.kind]?.write(step, step.after)
    return {rows: asStream(recorded), view: requestView, format: this.format(given, 'table')}
  }

  /** A plan of this command, about one object of the profile's tenant. */
  protected async plan(
    subject: string,
    steps: readonly Step[],
    {summary = [], findings = [], ...words}: PlanWords = {},
  ): Promise<Plan> {
    const tenantId = words.tenantId ?? (await this.context.profile()).tenantId
    const {newId, now} = this.context
    return {
      id: newId(),
      command: this.id ?? '',
      subject,
      tenantId,
      createdAt: now().toISOString(),
      summary,
      findings,
      steps,
    }
  }

  private async approve({plan, isDestructive, confirmBy}: Change<Row>, given: Given): Promise<void> {
    const {terminal, warn} = this.context
    refuseErrors(plan, accepted(given))
    await confirmBy?.()
    for (const {severity, code, message} of plan.findings) if (severity !== 'information') warn(`${message} (${code})`)
    const asks = given['confirm'] === true || (isDestructive === true && given['force'] !== true)
    if (!asks || plan.steps.length === 0) return
    if (!terminal.isInteractive) {
      throw new FedctlError(
        'AnswerNeeded',
        `${this.id} ${plan.subject} asks before it changes anything, and there is no terminal.`,
        {
          hints: ['Look at it with --what-if, then give --force.'],
        },
      )
    }
    planPreface(plan, 'table', {write: terminal.writeError})
    const questions = given['confirm'] === true ? plan.steps.map(questionOf) : [`${this.id} ${plan.subject}: go on?`]
    for (const question of questions) {
      const answer = await terminal.prompts.confirm(question)
      if (answer === 'yes to all') return
      if (answer !== 'yes')
        throw new FedctlError('NotConfirmed', `${plan.subject} is left as it is: nothing was changed.`)
    }
  }

  private async carryOut({plan, resources, journal}: Change<Row>): Promise<void> {
    if (plan.steps.length === 0) return this.context.note(`${plan.subject} is already so: nothing to do.`)
    const {runPlan} = await import('../lib/plan/run-plan.ts')
    await runPlan(plan, resources, {
      ...(journal === undefined ? {} : {journal}),
      signal: this.context.signal,
      onStep: (step: Step, outcome: string) => this.context.note(`${step.action} ${step.target}: ${outcome}`),
    })
  }
}

interface PlanWords {
  /** Where the tenant is not the profile's. */
  readonly tenantId?: string
  readonly summary?: readonly string[]
  readonly findings?: readonly Finding[]
}

/** One step at the directory. */
export const directoryStep = (
  kind: string,
  action: string,
  change: {target: string; before: State; after: State},
): Step => ({
  side: 'directory',
  kind,
  action,
  manual: false,
  ...change,
})

const questionOf = ({action, target}: Step): string => `${action}: ${target}?`

const accepted = (given: Given): readonly string[] => (given['accept'] as readonly string[] | undefined) ?? []

/** Stops with all the errors that were found and not accepted one by one. */
function refuseErrors({findings, command, subject}: Plan, codes: readonly string[]): void {
  const lower = codes.map((code) => code.toLowerCase())
  const errors = findings.filter(({severity, code}) => severity === 'error' && !lower.includes(code.toLowerCase()))
  if (errors.length === 0) return
  throw new FedctlError(
    'PreflightFailed',
    `${command} ${subject}: ${errors.length === 1 ? 'one thing forbids it' : `${errors.length} things forbid it`}; nothing was changed.`,
    {
      details: errors.flatMap(({code, message, hint}) => [`${code}: ${message}`, `  → ${hint}`]),
    },
  )
}

async function* asStream<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items
}
