import {allDomains, enumeratedDomains, type ValidatingDomains} from '../../model/validating-domains.ts'
import {access} from '../rules/access.ts'
import {invalidValue, missingValue} from '../rules/graph-failure.ts'
import {findDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {getTokenValidationPolicy, putTokenValidationPolicy} from '../store/token-validation-policies.ts'
import {audit, changesBetween} from './audit.ts'
import {type Answer, context, ok, type TenantCall, type TenantRoute} from './call.ts'
import {readBody, readProperties} from './read-body.ts'

const path = '/policies/federatedTokenValidationPolicy'

/** /policies/federatedTokenValidationPolicy: Graph documents PUT, clients made from its description send PATCH; both do the same. */
export const tokenValidationPolicyRoutes: readonly TenantRoute[] = [
  {method: 'GET', path, needs: access.readPolicies, run: answerPolicy},
  {method: 'PUT', path, needs: access.writeTokenValidation, run: answerChange},
  {method: 'PATCH', path, needs: access.writeTokenValidation, run: answerChange},
]

const resource = 'FederatedTokenValidationPolicy'
const rules = {
  id: {kind: 'text', readOnly: true},
  deletedDateTime: {kind: 'time', readOnly: true},
  validatingDomains: {kind: 'object', notNull: true},
} as const
const kinds = {
  '#microsoft.graph.allDomains': {rootDomains: {kind: 'text', oneOf: allDomains, notNull: true}},
  '#microsoft.graph.enumeratedDomains': {
    rootDomains: {kind: 'text', oneOf: enumeratedDomains, notNull: true},
    domainNames: {kind: 'texts', max: 255, most: 1000, notNull: true},
  },
} as const

async function answerPolicy(call: TenantCall): Promise<Answer> {
  const policy = await call.services.store.read((db) => getTokenValidationPolicy(db, call.tenant.id))
  return ok(toJson(call, policy))
}

const logged = {rootDomains: {kind: 'text'}, domainNames: {kind: 'texts'}} as const

async function answerChange(call: TenantCall): Promise<Answer> {
  const wanted = readWanted(call)
  await call.services.store.change(async (db) => {
    for (const name of wanted.domainNames) await requireRoot(db, call, name)
    const before = await getTokenValidationPolicy(db, call.tenant.id)
    await putTokenValidationPolicy(db, call.tenant.id, wanted)
    const changes = changesBetween(toLogged(before), toLogged(wanted), logged)
    const about = {activity: 'Update policy', category: 'Policy', operation: 'Update'} as const
    const target = {type: 'Policy', id: call.tenant.id, displayName: 'FederatedTokenValidationPolicy'} as const
    // The service is known to write this nowhere but in its activity log.
    if (changes.length > 0) await audit(db, call, {...about, targets: [target], changes})
  })
  return ok(toJson(call, wanted))
}

function readWanted(call: TenantCall): ValidatingDomains {
  const {validatingDomains: given} = readBody(call, resource, rules)
  if (given === undefined) throw missingValue('validatingDomains', resource)
  const type = String(given['@odata.type'] ?? '').replace(/^#?/, '#')
  if (!Object.hasOwn(kinds, type))
    throw invalidValue('validatingDomains', resource, `its @odata.type must be one of ${Object.keys(kinds).join(', ')}`)
  const body = readProperties(
    given,
    'ValidatingDomains',
    kinds[type as keyof typeof kinds],
  ) as Partial<ValidatingDomains>
  const {rootDomains, domainNames = []} = body
  if (rootDomains === undefined) throw missingValue('rootDomains', 'ValidatingDomains')
  if (type.endsWith('enumeratedDomains') && domainNames.length === 0)
    throw missingValue('domainNames', 'ValidatingDomains')
  return {rootDomains, domainNames: [...new Set(domainNames.map((name) => name.toLowerCase()))]}
}

/** A name that is mistyped would leave its domain without protection. */
async function requireRoot(db: Queries, {tenant}: TenantCall, name: string): Promise<void> {
  const domain = await findDomain(db, tenant.id, name)
  if (domain === undefined || !domain.isVerified || domain.root !== null)
    throw invalidValue('domainNames', 'ValidatingDomains', `'${name}' is not a verified root domain of this tenant`)
}

const toLogged = ({rootDomains, domainNames}: ValidatingDomains): object => ({
  rootDomains,
  domainNames: JSON.stringify(domainNames),
})

const toJson = (call: TenantCall, {rootDomains, domainNames}: ValidatingDomains): object => ({
  '@odata.context': context(call, 'policies/federatedTokenValidationPolicy/$entity'),
  '@odata.type': '#microsoft.graph.federatedTokenValidationPolicy',
  // There is one a tenant, and nobody gives it an id.
  id: call.tenant.id,
  deletedDateTime: null,
  validatingDomains: enumeratedDomains.some((kind) => kind === rootDomains)
    ? {'@odata.type': '#microsoft.graph.enumeratedDomains', rootDomains, domainNames}
    : {'@odata.type': '#microsoft.graph.allDomains', rootDomains},
})
