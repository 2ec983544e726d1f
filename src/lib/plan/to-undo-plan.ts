import type {Plan, Step} from './plan.ts'

/**
 * The plan that takes a plan back once it has been carried out: its steps reversed, each from `after` to `before`. What cannot be undone
 * has no step; the summary names it and says why.
 */
export function toUndoPlan(plan: Plan): Plan {
  const forGood = plan.steps.filter(({irreversible}) => irreversible !== undefined)
  return {
    ...plan,
    id: `${plan.id}-undo`,
    summary: [
      `Takes back ${plan.command} of ${plan.subject}, planned at ${plan.createdAt}.`,
      ...forGood.map(({action, target, irreversible}) => `Stays: ${action} (${target}): ${irreversible}`),
      ...plan.steps
        .filter(({manual}) => manual)
        .map(({action, target}) => `By hand: take back "${action}" (${target}).`),
    ],
    findings: [],
    steps: plan.steps
      .filter(({irreversible}) => irreversible === undefined)
      .map(reversed)
      .reverse(),
  }
}

const reversed = (step: Step): Step => ({
  ...step,
  action: `take back: ${step.action}`,
  before: step.after,
  after: step.before,
})
