import {planTokenRulesChange} from '../lib/federation/plan-token-rules-change.ts'
import type {Domain} from '../lib/model/domain.ts'
import {strictTokenRules, type TokenRules} from '../lib/model/token-rules.ts'
import type {Context} from './context.ts'

/** Plans the rules that were given for the tokens of a federated domain; nothing when none was. */
export async function planGivenRules(context: Context, domain: Domain, given: Partial<TokenRules> | undefined) {
  if (given === undefined) return {steps: [], findings: []}
  const rules = await (await context.tokenRules()).find(domain.name)
  return planTokenRulesChange(domain, rules ?? strictTokenRules, given)
}
