import type {TokenRulesClient} from '../directory-client/token-rules.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import {longestLifetimeMinutes, type TokenRules} from '../model/token-rules.ts'
import type {Resource, State, Step} from '../plan/plan.ts'

/** The kind of step that changes what the trust of a domain allows its tokens: its target is the domain, its state the rules, null while it is managed. */
export const tokenRulesKind = 'token rules'

/** One step that brings the rules of a trust from one state to another. */
export const tokenRulesStep = (domain: string, before: TokenRules, after: TokenRules): Step => ({
  side: 'directory',
  kind: tokenRulesKind,
  target: domain,
  action: 'change what tokens are allowed',
  manual: false,
  before: {...before},
  after: {...after},
})

/** Reads and writes the rules of a trust. */
export const tokenRulesResource = (client: TokenRulesClient): Resource => ({
  async read({target}) {
    const rules = await client.find(target)
    return rules === undefined ? null : {...rules}
  },
  write: ({target}, to) => client.update(target, tokenRulesOf(to)),
})

/** The rules in a state. Throws PlanUnreadable when it holds something else. */
export function tokenRulesOf(state: State): TokenRules {
  const {lifetimeMinutes, allowSha1, ...more} = (state ?? {}) as Readonly<Record<string, State>>
  const isWithin =
    typeof lifetimeMinutes === 'number' && lifetimeMinutes >= 1 && lifetimeMinutes <= longestLifetimeMinutes
  if (isWithin && typeof allowSha1 === 'boolean' && Object.keys(more).length === 0) return {lifetimeMinutes, allowSha1}
  throw new FedctlError('PlanUnreadable', 'The plan holds rules for tokens that are none.')
}
