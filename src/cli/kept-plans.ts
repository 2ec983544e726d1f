import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Plan, Resources, Step, StepOutcome} from '../lib/plan/plan.ts'
import type {UnfinishedPlan} from '../lib/plan/unfinished-plan.ts'
import {commandLineText} from './command-line-text.ts'
import type {Context} from './context.ts'

/** Whose plan it is: a plan of one command about one object of one tenant. */
export type PlanOwner = Pick<Plan, 'command' | 'subject' | 'tenantId'>

interface Work {
  readonly plan: Plan
  readonly resources: Resources
}

/** Where journals and undo files are. */
export const plansFolder = ({folders}: Context): string => join(folders.data, 'plans')

/** The plan that this command began about this object and did not bring to its end. */
export async function findUnfinished(context: Context, owner: PlanOwner): Promise<UnfinishedPlan | undefined> {
  const {listUnfinished, refuseDamagedAbout} = await import('../lib/plan/unfinished-plan.ts')
  const unfinished = await listUnfinished(plansFolder(context), refuseDamagedAbout(owner))
  return unfinished.find(({plan}) => isOf(plan, owner))
}

/** Carries out a plan with its journal, and writes the undo file when it is done. */
export async function carryOutKept(context: Context, {plan, resources}: Work): Promise<void> {
  const [{openJournal}, {runPlan}] = await Promise.all([
    import('../lib/plan/unfinished-plan.ts'),
    import('../lib/plan/run-plan.ts'),
  ])
  const journal = await openJournal(plansFolder(context), plan, context.processes)
  const outcomes = await context.interruptible((signal) =>
    runPlan(plan, resources, {journal, signal, onStep: telling(context, plan)}),
  )
  await leaveUndoFile(context, plan, outcomes)
}

/** Finishes or undoes a plan that was interrupted or that waited for a person. */
export async function goOnWith(
  context: Context,
  unfinished: UnfinishedPlan,
  {resources, choice}: {resources: Resources; choice: 'finish' | 'undo'},
): Promise<void> {
  const {finishPlan, undoPlan} = await import('../lib/plan/finish-plan.ts')
  const options = {processes: context.processes, onStep: telling(context, unfinished.plan)}
  if (choice === 'undo') return void (await undoPlan(unfinished, resources, options))
  const outcomes = await context.interruptible((signal) => finishPlan(unfinished, resources, {...options, signal}))
  await leaveUndoFile(context, unfinished.plan, outcomes)
}

/** Tells each step as a note; of a long plan, where somebody looks on, how far it has come. */
function telling({note, terminal}: Context, {steps}: Plan): (step: Step, outcome: StepOutcome) => void {
  let count = 0
  const every = Math.ceil(steps.length / 10)
  const isShown = terminal.isInteractive && steps.length > 10
  return ({action, target}, outcome) => {
    count += 1
    note(`${action} ${target}: ${outcome}`)
    if (isShown && count % every === 0) terminal.writeError(`${count} of ${steps.length} steps: ${action}\n`)
  }
}

/** Says how to take the plan back, and what a person still has to do. */
async function leaveUndoFile(context: Context, plan: Plan, outcomes: readonly StepOutcome[]): Promise<void> {
  if (outcomes.every((outcome) => outcome === 'already so')) return
  const [{toUndoPlan}, {writePlan}] = await Promise.all([
    import('../lib/plan/to-undo-plan.ts'),
    import('../lib/plan/plan-file.ts'),
  ])
  const file = join(plansFolder(context), `${plan.id}.undo.json`)
  await writeFile(file, writePlan(toUndoPlan(plan)), {mode: 0o600})
  for (const [index, {action, target}] of plan.steps.entries())
    if (outcomes[index] === 'waiting') context.warn(`Still to do by hand: ${action} (${target}).`)
  context.terminal.writeError(`To take it back: ${await planLine(context, plan, '--plan', file)}\n`)
}

/** The command line that goes on with something of a plan, as it has to be typed where another profile is the current one. */
export async function planLine(
  {profile, profiles}: Context,
  {command, subject}: Plan,
  ...more: readonly string[]
): Promise<string> {
  const [{name}, {current}] = await Promise.all([profile(), profiles.read()])
  return commandLineText([command, subject, ...(name === current ? [] : ['--profile', name]), ...more])
}

/** Writes a plan to a new file. Throws FileExists. */
export async function savePlan(plan: Plan, file: string): Promise<void> {
  const {writePlan} = await import('../lib/plan/plan-file.ts')
  try {
    await writeFile(file, writePlan(plan), {mode: 0o600, flag: 'wx'})
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new FedctlError('FileExists', `${file} exists already; a plan is saved to a new file.`)
    throw new FedctlError('FileFailure', `The plan cannot be saved to ${file}: ${message}`, {cause})
  }
}

// The passwords of half a million users.
const largestPlanMebibytes = 256

/** Reads a saved plan; it must be one of this command about this object of this tenant, else Refused. */
export async function readSavedPlan(file: string, owner: PlanOwner): Promise<Plan> {
  const [{readPlan}, {readSmallFile}] = await Promise.all([
    import('../lib/plan/plan-file.ts'),
    import('../lib/files/read-small-file.ts'),
  ])
  const plan = readPlan((await readSmallFile(file, largestPlanMebibytes)).toString('utf8'), file)
  if (isOf(plan, owner)) return plan
  throw new FedctlError('Refused', `${file} is a plan of ${plan.command} ${plan.subject} in tenant ${plan.tenantId}.`, {
    hints: ['Apply it with that command, to that object, with the profile of that tenant.'],
  })
}

const isOf = (plan: Plan, {command, subject, tenantId}: PlanOwner): boolean =>
  plan.command === command && plan.subject === subject && plan.tenantId === tenantId
