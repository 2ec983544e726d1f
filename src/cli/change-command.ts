import type {Interfaces} from '@oclif/core'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {RecordedRequest} from '../lib/http/recording.ts'
import type {Finding} from '../lib/model/finding.ts'
import type {Plan, Resources, Step} from '../lib/plan/plan.ts'
import type {UnfinishedPlan} from '../lib/plan/unfinished-plan.ts'
import {type Answer, FedctlCommand, type Given} from './fedctl-command.ts'
import {changeFlags, commonFlags} from './flags/common-flags.ts'
import {carryOutKept, findUnfinished, goOnWith, type PlanOwner, readSavedPlan, savePlan} from './kept-plans.ts'
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
  /** What the command yields when it is done. */
  readonly result?: () => AsyncIterable<Row>
}

/** A command that changes something: preflight → plan → show → confirm → run, the same for all of them. */
export abstract class ChangeCommand<Row extends object> extends FedctlCommand<Row> {
  static override baseFlags: Interfaces.FlagInput = {...commonFlags, ...changeFlags}

  protected override readonly runsToTheEnd = true

  /** Reads what is there and says what is going to change. Changes nothing. */
  protected abstract prepare(parameters: never): Promise<Change<Row>>

  /**
   * Only of commands whose plans are kept, with a journal and an undo file: what any of their plans is carried out with, also a saved one,
   * also one that was interrupted, which is no first run.
   */
  protected revive?(parameters: never, isFirstRun: boolean): Promise<Omit<Change<Row>, 'plan'>>

  protected override async *records(given: Given): AsyncIterable<Row> {
    const unfinished = await this.findUnfinished(given)
    const change = unfinished === undefined ? await this.change(given) : await this.revived(unfinished.plan, given)
    if (unfinished === undefined) {
      await this.approve(change, given)
      await this.carryOut(change)
    } else {
      const choice = await this.finishOrUndo(unfinished, given)
      await goOnWith(this.context, unfinished, {...change, choice})
    }
    if (change.result !== undefined) yield* change.result()
  }

  protected override async answer(given: Given): Promise<Answer> {
    const file = given['out'] as string | undefined
    if (given['whatIf'] !== true && file === undefined) return super.answer(given)
    const unfinished = await this.findUnfinished(given)
    if (file !== undefined && unfinished !== undefined) throw undecided(unfinished)
    const {plan} = unfinished ?? (await this.change(given))
    const format = this.format(given, 'table')
    planPreface(plan, format, this.context.terminal)
    if (unfinished !== undefined) this.context.warn(interrupted(unfinished))
    else refuseErrors(plan, given)
    if (file !== undefined) {
      await savePlan(plan, file)
      this.context.terminal.writeError(`Saved: ${file}\n`)
    }
    return {rows: asStream(plan.steps), view: stepView, format}
  }

  protected override async requests(given: Given): Promise<Answer> {
    const recorded: RecordedRequest[] = []
    this.context = this.context.with({record: {to: (request) => recorded.push(request), readsPass: true}})
    const {plan, resources} = await this.change(given)
    refuseErrors(plan, given)
    const {resourceOf} = await import('../lib/plan/verify-fresh.ts')
    for (const step of plan.steps)
      if (step.side === 'directory') await resourceOf(resources, step).write(step, step.after)
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
    refuseErrors(plan, given)
    await confirmBy?.()
    for (const {severity, code, message} of unaccepted(plan, given))
      if (severity !== 'information') warn(`${message} (${code})`)
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
    for (const {action, target} of plan.steps) terminal.writeError(`  ${action}: ${target}\n`)
    const questions = given['confirm'] === true ? plan.steps.map(questionOf) : [`${this.id} ${plan.subject}: go on?`]
    for (const question of questions) {
      const answer = await terminal.prompts.confirm(question)
      if (answer === 'yes to all') return
      if (answer !== 'yes')
        throw new FedctlError('NotConfirmed', `${plan.subject} is left as it is: nothing was changed.`)
    }
  }

  private async carryOut({plan, resources}: Change<Row>): Promise<void> {
    if (plan.steps.length === 0) return this.context.note(`${plan.subject} is already so: nothing to do.`)
    if (this.revive !== undefined) return carryOutKept(this.context, {plan, resources})
    const {runPlan} = await import('../lib/plan/run-plan.ts')
    const onStep = (step: Step, outcome: string) => this.context.note(`${step.action} ${step.target}: ${outcome}`)
    await this.context.interruptible((signal) => runPlan(plan, resources, {signal, onStep}))
  }

  /** The change that is planned now, or the saved plan that was given. */
  private async change(given: Given): Promise<Change<Row>> {
    const file = given['plan'] as string | undefined
    if (file === undefined) return this.prepare(given as never)
    return this.revived(await readSavedPlan(file, await this.owner(given)), given, true)
  }

  private async revived(plan: Plan, given: Given, isFirstRun = false): Promise<Change<Row>> {
    return {plan, resources: {}, ...(await this.revive?.(given as never, isFirstRun))}
  }

  private async owner(given: Given): Promise<PlanOwner> {
    const [main = ''] = Object.keys(this.ctor.args)
    const {tenantId} = await this.context.profile()
    return {command: this.id ?? '', subject: String(given[main]), tenantId}
  }

  private async findUnfinished(given: Given): Promise<UnfinishedPlan | undefined> {
    if (this.revive === undefined) return undefined
    const owner = await this.owner(given)
    const unfinished = await findUnfinished(this.context, owner)
    if (unfinished !== undefined || given['unfinished'] === undefined) return unfinished
    throw new FedctlError('NotFound', `There is nothing to finish or undo of ${owner.command} ${owner.subject}.`)
  }

  /** A plan that waits for a person goes on; about one that was interrupted somebody has to decide. */
  private async finishOrUndo(unfinished: UnfinishedPlan, given: Given): Promise<'finish' | 'undo'> {
    const {terminal, warn} = this.context
    warn(interrupted(unfinished))
    const choice = given['unfinished'] as 'finish' | 'undo' | undefined
    if (choice !== undefined) return choice
    if (unfinished.waitingAt !== undefined) return 'finish'
    if (terminal.isInteractive)
      return terminal.prompts.choose('Finish it, or undo what it has done?', [
        {value: 'finish', name: 'finish it'},
        {value: 'undo', name: 'undo what it has done'},
      ])
    throw undecided(unfinished)
  }
}

const undecided = ({plan, waitingAt}: UnfinishedPlan): FedctlError =>
  new FedctlError(
    'PlanUnfinished',
    `${plan.command} ${plan.subject} ${waitingAt === undefined ? 'was interrupted before' : 'waits for a person'}.`,
    {hints: ['Give --unfinished finish or --unfinished undo; --what-if shows its steps.']},
  )

const interrupted = ({plan, waitingAt}: UnfinishedPlan): string =>
  `A plan of ${plan.createdAt} for ${plan.subject} ${waitingAt === undefined ? 'was interrupted' : 'waits for a person'}: this is about that plan, as it was made then.`

interface PlanWords {
  /** Where the tenant is not the profile's. */
  readonly tenantId?: string
  readonly summary?: readonly string[]
  readonly findings?: readonly Finding[]
}

const questionOf = ({action, target}: Step): string => `${action}: ${target}?`

/** The findings that nobody has accepted by their codes; a final one cannot be. */
function unaccepted({findings}: Plan, given: Given): Finding[] {
  const codes = ((given['accept'] as readonly string[] | undefined) ?? []).map((code) => code.toLowerCase())
  return findings.filter(({code, final}) => final === true || !codes.includes(code.toLowerCase()))
}

/** Stops with all the errors that were found and not accepted one by one. */
function refuseErrors(plan: Plan, given: Given): void {
  const errors = unaccepted(plan, given).filter(({severity}) => severity === 'error')
  if (errors.length === 0) return
  const what = errors.length === 1 ? 'one thing forbids it' : `${errors.length} things forbid it`
  throw new FedctlError('PreflightFailed', `${plan.command} ${plan.subject}: ${what}; nothing was changed.`, {
    details: errors.flatMap(({code, message, hint}) => [`${code}: ${message}`, `  → ${hint}`]),
  })
}

async function* asStream<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items
}
