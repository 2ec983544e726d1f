import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {UnfinishedPlan} from '../lib/plan/unfinished-plan.ts'
import type {Context} from './context.ts'

/**
 * What becomes of an unfinished plan: somebody has to decide, also about one that waits for a person. To go on with it by itself would
 * pass over what the new command line says. Throws PlanUnfinished.
 */
export async function finishOrUndo(
  {terminal, warn}: Context,
  unfinished: UnfinishedPlan,
  said: 'finish' | 'undo' | undefined,
): Promise<'finish' | 'undo'> {
  if (said === undefined && !terminal.isInteractive) throw undecided(unfinished)
  warn(interrupted(unfinished))
  if (said !== undefined) return said
  return terminal.prompts.choose('Finish it, or undo what it has done?', [
    {value: 'finish', name: 'finish it'},
    {value: 'undo', name: 'undo what it has done'},
  ])
}

/** The refusal to do something else before an unfinished plan has come to its end. */
export const undecided = ({plan, waitingAt}: UnfinishedPlan): FedctlError =>
  new FedctlError(
    'PlanUnfinished',
    `${plan.command} ${plan.subject} ${waitingAt === undefined ? 'was interrupted before' : 'waits for a person'}.`,
    {
      details: plan.steps.map(({action, target}) => `${action}: ${target}`),
      hints: ['Give --unfinished finish or --unfinished undo; --what-if shows more of its steps.'],
    },
  )

/** Says that a command is about an unfinished plan and no new one. */
export const interrupted = ({plan, waitingAt}: UnfinishedPlan): string =>
  `A plan of ${plan.createdAt} for ${plan.subject} ${waitingAt === undefined ? 'was interrupted' : 'waits for a person'}: this is about that plan, as it was made then.`
