import type {GraphClient} from '../graph/graph-client.ts'
import type {Finding} from '../model/finding.ts'
import type {Plan, Step} from '../plan/plan.ts'
import {
  federationSettingsKind,
  hasAllSettings,
  isSettingsState,
  settingsOf,
  toSettingsState,
} from './federation-settings-resource.ts'
import {findAdministratorProblems} from './find-administrator-problems.ts'
import {findDomainProblems} from './find-domain-problems.ts'
import {findConversionProblems} from './plan-conversion-to-federated.ts'
import {findStandardProblems} from './plan-conversion-to-standard.ts'
import {findSettingsProblems} from './plan-settings-change.ts'
import {findTokenRulesProblems} from './plan-token-rules-change.ts'
import {tokenRulesKind, tokenRulesOf} from './token-rules-resource.ts'
import {readTrustFacts, type TrustFacts} from './trust-facts.ts'
import {userPasswordKind} from './user-password-resource.ts'

/**
 * What speaks now against carrying out a plan of this room that was made earlier: by its steps and the directory as it is, whatever the plan
 * itself says. Throws PlanUnreadable for settings that are none.
 */
export async function findPlanProblems(graph: GraphClient, plan: Plan, now: Date): Promise<Finding[]> {
  const problems: Finding[] = []
  for (const step of plan.steps)
    if (step.kind === federationSettingsKind)
      problems.push(...findStepProblems(await readTrustFacts(graph, step.target), {plan, step, now}))
    else if (step.kind === tokenRulesKind)
      problems.push(...findTokenRulesProblems(step.target, tokenRulesOf(step.before), tokenRulesOf(step.after)))
  return problems
}

/** As findPlanProblems, for the step that changes the trust of a domain; pure. That the domain has changed since is for verifyFresh to say. */
export function findStepProblems(
  facts: TrustFacts,
  {plan, step, now}: {readonly plan: Plan; readonly step: Step; readonly now: Date},
): Finding[] {
  const {before, after} = step
  if (isSo(facts, step)) return []
  // The trust was in force before, with all its faults; only what has happened to the tenant may forbid that it comes back.
  if (plan.takesBack !== undefined)
    return [...findDomainProblems(facts), ...(before === null ? findAdministratorProblems(facts) : [])]
  if (after === null)
    return findStandardProblems(
      facts,
      plan.steps.filter(({kind}) => kind === userPasswordKind),
    )
  const settings = settingsOf(after)
  if (isSettingsState(before)) return findSettingsProblems(facts, {before: settingsOf(before), after: settings}, now)
  return findConversionProblems(facts, {settings, supportMultipleDomain: false, now})
}

/** Whether the domain is already as the step wants it. */
const isSo = ({domain, settings}: TrustFacts, {after}: Step): boolean =>
  after === null ? domain.authentication === 'Managed' : hasAllSettings(toSettingsState(settings), after)
