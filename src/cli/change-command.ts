import type {Interfaces} from '@oclif/core'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {RecordedRequest} from '../lib/http/recording.ts'
import type {Finding} from '../lib/model/finding.ts'
import type {Plan, Resources, Step} from '../lib/plan/plan.ts'
import type {UnfinishedPlan} from '../lib/plan/unfinished-plan.ts'
import {approvePlan, type Proposal, refuseErrors, weighFindings, withAccepted} from './approve-plan.ts'
import {type Answer, FedctlCommand, type Given} from './fedctl-command.ts'
import {finishOrUndo, interrupted, undecided} from './finish-or-undo.ts'
import {changeFlags, commonFlags} from './flags/common-flags.ts'
import {carryOutKept, findUnfinished, goOnWith, type PlanOwner, readSavedPlan, savePlan} from './kept-plans.ts'
import {isForPeople, onlyDifferences, planPreface} from './render/plan.ts'
import {requestView} from './views/request-view.ts'
import {stepView} from './views/step-view.ts'

/** What a changing command is going to do. */
export interface Change<Row> extends Proposal {
  readonly resources: Resources
  /** What the command yields when it is done. */
  readonly result?: () => AsyncIterable<Row>
}

/** What a plan that was kept is carried out with. */
export interface Revived<Row> extends Omit<Change<Row>, 'plan'> {
  /** What speaks today against carrying it out: what it says itself may be old. */
  readonly preflight: (plan: Plan) => Promise<readonly Finding[]>
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
  protected revive?(parameters: never, isFirstRun: boolean): Promise<Revived<Row>>

  protected override async *records(given: Given): AsyncIterable<Row> {
    const unfinished = await this.findUnfinished(given)
    const change = unfinished === undefined ? await this.begin(given) : await this.goOn(unfinished, given)
    if (change.result !== undefined) yield* change.result()
  }

  protected override async answer(given: Given): Promise<Answer> {
    const file = given['out'] as string | undefined
    if (given['whatIf'] !== true && file === undefined) return super.answer(given)
    const unfinished = await this.findUnfinished(given)
    if (file !== undefined && unfinished !== undefined) throw undecided(unfinished)
    const {plan} = unfinished ?? (await this.change(given))
    const format = this.format(given, 'table')
    planPreface(withAccepted(plan, given), format, this.context.terminal)
    if (unfinished !== undefined) this.context.warn(interrupted(unfinished))
    else refuseErrors(plan, given)
    if (file !== undefined) {
      await savePlan(plan, file)
      this.context.terminal.writeError(`Saved: ${file}\n`)
    }
    const steps = isForPeople(format) ? plan.steps.map(onlyDifferences) : plan.steps
    return {rows: asStream(steps), view: stepView, format}
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

  private async begin(given: Given): Promise<Change<Row>> {
    const change = await this.change(given)
    await approvePlan(this.context, change, given)
    await this.carryOut(change)
    return change
  }

  private async carryOut({plan, resources}: Change<Row>): Promise<void> {
    if (plan.steps.length === 0) return this.context.note(`${plan.subject} is already so: nothing to do.`)
    if (this.revive !== undefined) return carryOutKept(this.context, {plan, resources})
    const {runPlan} = await import('../lib/plan/run-plan.ts')
    const onStep = (step: Step, outcome: string) => this.context.note(`${step.action} ${step.target}: ${outcome}`)
    await this.context.interruptible((signal) => runPlan(plan, resources, {signal, onStep}))
  }

  /** Finishes or undoes an unfinished plan; to finish it, nothing new may speak against it. */
  private async goOn(unfinished: UnfinishedPlan, given: Given): Promise<Revived<Row>> {
    const {plan} = unfinished
    const file = given['plan'] as string | undefined
    if (file !== undefined && (await readSavedPlan(file, plan)).id !== plan.id) throw undecided(unfinished)
    const choice = await finishOrUndo(this.context, unfinished, given['unfinished'] as 'finish' | 'undo' | undefined)
    const revived = await this.revived(given, false)
    if (choice === 'finish') {
      const known = new Set(plan.findings.map(({code, subject}) => `${code} ${subject}`))
      const found = await revived.preflight(plan)
      const findings = found.filter(({code, subject, final}) => final === true || !known.has(`${code} ${subject}`))
      weighFindings(this.context, {...plan, findings}, given)
    }
    await goOnWith(this.context, unfinished, {...revived, choice})
    return revived
  }

  /** The change that is planned now, or the saved plan that was given. */
  private async change(given: Given): Promise<Change<Row>> {
    const file = given['plan'] as string | undefined
    if (file === undefined) return this.prepare(given as never)
    const plan = await readSavedPlan(file, await this.owner(given))
    const revived = await this.revived(given, true)
    return {...revived, plan: {...plan, findings: await revived.preflight(plan)}}
  }

  private async revived(given: Given, isFirstRun: boolean): Promise<Revived<Row>> {
    if (this.revive === undefined) throw new Error(`${this.id} keeps no plans`)
    return this.revive(given as never, isFirstRun)
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
}

interface PlanWords {
  /** Where the tenant is not the profile's. */
  readonly tenantId?: string
  readonly summary?: readonly string[]
  readonly findings?: readonly Finding[]
}

async function* asStream<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items
}
