import type {Domain} from '../model/domain.ts'
import type {Finding} from '../model/finding.ts'
import type {TokenRules} from '../model/token-rules.ts'
import {sameState} from '../plan/same-state.ts'
import {findSubdomainProblem} from './find-domain-problems.ts'
import {warning} from './found.ts'
import type {PlanContent} from './plan-content.ts'
import {tokenRulesStep} from './token-rules-resource.ts'

/** Plans a change of what the trust of a federated domain allows its tokens; pure. */
export function planTokenRulesChange(
  {name, rootDomain}: Pick<Domain, 'name' | 'rootDomain'>,
  before: TokenRules,
  change: Partial<TokenRules>,
): Pick<PlanContent, 'findings' | 'steps'> {
  const after = {...before, ...change}
  if (sameState({...before}, {...after})) return {findings: [], steps: []}
  return {
    findings: [...findSubdomainProblem(name, rootDomain), ...findTokenRulesProblems(name, before, after)],
    steps: [tokenRulesStep(name, before, after)],
  }
}

/** What there is to know of new rules; pure. */
export const findTokenRulesProblems = (domain: string, before: TokenRules, after: TokenRules): Finding[] =>
  after.allowSha1 && !before.allowSha1
    ? [
        warning(domain, {
          code: 'Sha1Allowed',
          message: `Tokens for ${domain} may be signed by SHA-1: who can forge such a signature signs in as anybody there.`,
          hint: 'Let the provider sign by SHA-256, then take it back: --allow-sha1 false.',
        }),
      ]
    : []
