import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {PlanContent} from '../lib/federation/plan-content.ts'
import {planSettingsChange} from '../lib/federation/plan-settings-change.ts'
import {planTokenRulesChange} from '../lib/federation/plan-token-rules-change.ts'
import {readTrustFacts, type TrustFacts} from '../lib/federation/trust-facts.ts'
import type {Domain} from '../lib/model/domain.ts'
import {strictTokenRules, type TokenRules} from '../lib/model/token-rules.ts'
import type {Context} from './context.ts'
import type {Given} from './fedctl-command.ts'
import {givenTokenRules} from './flags/token-rules.ts'
import {readSettingsChange} from './read-trust-settings.ts'

/** Plans the settings of a trust that were given, and the rules for its tokens, over what the directory has. Throws Usage when none was given. */
export async function planGivenSettings(
  context: Context,
  given: Given & Parameters<typeof givenTokenRules>[0] & {readonly domain: string},
): Promise<{content: PlanContent; facts: TrustFacts}> {
  const change = await readSettingsChange(context, given)
  const rules = givenTokenRules(given)
  if (Object.keys(change).length === 0 && rules === undefined)
    throw new FedctlError('Usage', 'set-domain-federation-settings has nothing to set.', {
      hints: ['Give a setting, as in --log-off-uri URL.'],
    })
  const facts = await readTrustFacts(await context.graph(), given.domain)
  const {steps, findings, summary} = planSettingsChange(facts, change, context.now())
  const more = await planRules(context, facts.domain, rules)
  const content = {
    summary: more.steps.length === 0 ? summary : [],
    findings: [...findings, ...more.findings],
    steps: [...steps, ...more.steps],
  }
  return {content, facts}
}

async function planRules(context: Context, domain: Domain, given: Partial<TokenRules> | undefined) {
  if (given === undefined) return {steps: [], findings: []}
  const rules = await (await context.tokenRules()).find(domain.name)
  return planTokenRulesChange(domain, rules ?? strictTokenRules, given)
}
