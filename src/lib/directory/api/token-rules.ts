import {longestLifetimeMinutes, type TokenRules} from '../../model/token-rules.ts'
import {access} from '../rules/access.ts'
import {invalidValue} from '../rules/graph-failure.ts'
import {changeFederation} from '../store/federations.ts'
import {toTokenRules} from '../store/to-token-rules.ts'
import {changesBetween} from './audit.ts'
import {auditDomain} from './audit-domains.ts'
import {ok, type TenantCall, type TenantRoute} from './call.ts'
import {readFederation, requireOwnFederation} from './federation-of-domain.ts'
import {readBody} from './read-body.ts'

const path = '/fedctl/v1/domains/:domain/tokenRules'

/** /fedctl/v1/domains/{id}/tokenRules: what is allowed to the tokens of a federated domain, and goes with its trust. */
export const tokenRulesRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path,
    needs: access.readFederation,
    run: async (call) => ok(toTokenRules(await readFederation(call))),
  },
  {method: 'PATCH', path, needs: access.writeFederation, run: async (call) => ok(await changeRules(call))},
]

const resource = 'TokenRules'
const rules = {
  lifetimeMinutes: {kind: 'number', notNull: true},
  allowSha1: {kind: 'flag', notNull: true},
} as const

const logged = {tokenLifetimeMinutes: rules.lifetimeMinutes, allowSha1: rules.allowSha1} as const

async function changeRules(call: TenantCall): Promise<TokenRules> {
  const {lifetimeMinutes, allowSha1} = readBody(call, resource, rules)
  if (lifetimeMinutes !== undefined && (lifetimeMinutes < 1 || lifetimeMinutes > longestLifetimeMinutes))
    throw invalidValue('lifetimeMinutes', resource, `it must be from 1 to ${longestLifetimeMinutes}`)
  const change = {
    ...(lifetimeMinutes !== undefined && {tokenLifetimeMinutes: lifetimeMinutes}),
    ...(allowSha1 !== undefined && {allowSha1}),
  }
  await call.services.store.change(async (db) => {
    const before = await requireOwnFederation(db, call)
    const {id, domain: name} = before
    if (Object.keys(change).length > 0) await changeFederation(db, id, change)
    const changes = changesBetween(before, {...before, ...change}, logged)
    if (changes.length > 0) await auditDomain(db, call, {activity: 'Set federation settings on domain', name, changes})
  })
  return toTokenRules(await readFederation(call))
}
