import type {Plan, Step} from './plan.ts'

/**
 * The plan that takes a plan back once it has been carried out: its steps reversed, each from `after` to `before`. What cannot be undone
 * has no step; the summary names it and says why.
 */
export function toUndoPlan(plan: Plan): Plan {
  return {
    ...plan,
    id: `${plan.id}-undo`,
    takesBack: plan.id,
    summary: [
      `Takes back ${plan.command} of ${plan.subject}, planned at ${plan.createdAt}.`,
      ...whatStays(plan.steps),
      ...plan.steps
        .filter(({manual}) => manual)
        .map(({action, target}) => `By hand: take back "${action}" (${target}).`),
    ],
    findings: [],
    steps: plan.steps
      .filter(({irreversible, proof}) => irreversible === undefined && proof !== true)
      .map(reversed)
      .reverse(),
  }
}

/** One line for all steps that stay for the same reason: there may be as many as users. */
function whatStays(steps: readonly Step[]): string[] {
  const lines = new Map<string, string[]>()
  for (const {action, target, irreversible} of steps) {
    if (irreversible === undefined) continue
    const line = `${action}: ${irreversible}`
    lines.set(line, (lines.get(line) ?? []).concat(target))
  }
  return [...lines].map(([line, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    return `Stays (${first}${more}): ${line}.`
  })
}

const reversed = (step: Step): Step => ({
  ...step,
  action: `take back: ${step.action}`,
  before: step.after,
  after: step.before,
})
