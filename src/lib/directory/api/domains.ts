import {readDomainName} from '../../model/domain-name.ts'
import {access} from '../rules/access.ts'
import {checkChangeable, checkNewDefault, checkRemovable} from '../rules/domain-rules.ts'
import {badRequest, invalidValue, missingValue, notFound, sameKey} from '../rules/graph-failure.ts'
import {graphType} from '../rules/resource.ts'
import {listReferences} from '../store/domain-references.ts'
import {
  addDomain,
  changeDomain,
  findDomain,
  findRootAbove,
  isVerifiedAnywhere,
  listDomains,
  listFollowers,
  makeDefault,
  removeDomain,
  type StoredDomain,
} from '../store/domains.ts'
import {removeFederation} from '../store/federations.ts'
import type {Queries} from '../store/schema.ts'
import {changesBetween} from './audit.ts'
import {auditAuthentication, auditDomain} from './audit-domains.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection, pick} from './collection.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {newDomain} from './new-domain.ts'
import {readBody} from './read-body.ts'
import {toFacts, toGraphDomain} from './to-graph-domain.ts'

/** /domains; verification and federation have files of their own. */
export const domainRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: '/domains', needs: access.readDomains, run: answerList},
  {method: 'POST', path: '/domains', needs: access.writeDomains, run: answerCreation},
  {
    method: 'GET',
    path: '/domains/:domain',
    needs: access.readDomains,
    run: async (call) => answerDomain(call, await readDomain(call)),
  },
  {method: 'PATCH', path: '/domains/:domain', needs: access.writeDomains, run: answerChange},
  {method: 'DELETE', path: '/domains/:domain', needs: access.writeDomains, run: answerRemoval},
  {method: 'GET', path: '/domains/:domain/rootDomain', needs: access.readDomains, run: answerRoot},
  {method: 'GET', path: '/domains/:domain/domainNameReferences', needs: access.readDomains, run: answerReferences},
]

async function answerList(call: TenantCall): Promise<Answer> {
  const domains = await call.services.store.read((db) => listDomains(db, call.tenant.id))
  return answerCollection(call, 'domains', domains.map(toGraphDomain))
}

/** One domain, or of it what was selected. */
export function answerDomain(call: TenantCall, domain: StoredDomain): Answer {
  refuseOthers(call, ['$select'])
  return ok({'@odata.context': context(call, 'domains/$entity'), ...pick(toGraphDomain(domain), readSelect(call))})
}

async function answerCreation(call: TenantCall): Promise<Answer> {
  const {id, authenticationType} = readBody(call, 'Domain', creationRules)
  if (authenticationType === 'Federated') throw badRequest('Creation of federated domain is not allowed.')
  if (authenticationType != null) throw badRequest("Only the property 'id' can be specified when a domain is created.")
  if (id === undefined) throw missingValue('id', 'Domain')
  const read = readDomainName(id)
  if (!read.ok) throw invalidValue('id', 'Domain', `"${id}" is not a domain name: ${read.problem}`)
  const name = read.value
  const {services, tenant} = call
  const domain = await services.store.change(async (db) => {
    if ((await findDomain(db, tenant.id, name)) !== undefined)
      throw sameKey(`The domain '${name}' exists already in this tenant.`)
    if (await isVerifiedAnywhere(db, name)) throw sameKey(`The domain '${name}' is in use by another tenant.`)
    const root = await findRootAbove(db, tenant.id, name)
    await addDomain(
      db,
      newDomain(services, {tenantId: tenant.id, name, root: root ?? null, isVerified: root !== undefined}),
    )
    const activity = root === undefined ? 'Add unverified domain' : 'Add verified domain'
    await auditDomain(db, call, {activity, name})
    return requireDomain(db, call)(name)
  })
  return created({'@odata.context': context(call, 'domains/$entity'), ...toGraphDomain(domain)})
}

const creationRules = {id: {kind: 'text', notNull: true}, authenticationType: {kind: 'text'}} as const

const changeRules = {
  authenticationType: {kind: 'text', oneOf: ['Managed', 'Federated'], notNull: true},
  isDefault: {kind: 'flag', notNull: true},
  passwordNotificationWindowInDays: {kind: 'number', notNull: true},
  passwordValidityPeriodInDays: {kind: 'number', notNull: true},
  supportedServices: {kind: 'texts', notNull: true},
} as const

async function answerChange(call: TenantCall): Promise<Answer> {
  const {authenticationType, isDefault, supportedServices, ...days} = readBody(call, 'Domain', changeRules)
  if (authenticationType === 'Federated')
    throw badRequest('Changing authenticationType from Managed to Federated is currently not supported.')
  if (isDefault === false) throw badRequest("'isDefault' can only be set to true: make another domain the default.")
  const other = supportedServices?.find((service) => !settableServices.has(service))
  if (other !== undefined) throw invalidValue('supportedServices', 'Domain', `'${other}' cannot be set`)
  await call.services.store.change(async (db) => {
    const domain = await requireDomain(db, call)()
    const facts = toFacts(domain)
    checkChangeable(facts)
    if (authenticationType === 'Managed' && facts.isFederated) {
      await makeManaged(db, domain)
      await auditAuthentication(db, call, {name: domain.name, isFederated: false})
    }
    if (isDefault) {
      checkNewDefault({...facts, isFederated: facts.isFederated && authenticationType !== 'Managed'})
      await makeDefault(db, domain)
    }
    const services = supportedServices === undefined ? {} : {supportedServices: JSON.stringify(supportedServices)}
    const change = {...days, ...services}
    if (Object.keys(change).length > 0) await changeDomain(db, domain, change)
    const after = {...domain, ...change, ...(isDefault && {isDefault: 1})}
    const changes = changesBetween(domain, after, {...changeRules, isDefault: {kind: 'flag'}})
    if (changes.length > 0) await auditDomain(db, call, {activity: 'Update domain', name: domain.name, changes})
  })
  return noContent
}

const settableServices = new Set(['Email', 'OfficeCommunicationsOnline', 'Yammer'])

async function makeManaged(db: Queries, {tenantId, name, root}: StoredDomain): Promise<void> {
  if (root !== null) throw badRequest(`The domain '${name}' follows '${root}': change '${root}' instead.`)
  await removeFederation(db, tenantId, name)
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const domain = await requireDomain(db, call)()
    const followers = await listFollowers(db, domain)
    const references = await listReferences(db, domain.tenantId, domain.name)
    checkRemovable(toFacts(domain), {objects: references.length, subdomains: followers.map(({name}) => name)})
    await removeDomain(db, domain)
    const activity = domain.isVerified ? 'Remove verified domain' : 'Remove unverified domain'
    await auditDomain(db, call, {activity, name: domain.name})
  })
  return noContent
}

async function answerRoot(call: TenantCall): Promise<Answer> {
  const domain = await call.services.store.read(async (db) => {
    const {root, name} = await requireDomain(db, call)()
    return requireDomain(db, call)(root ?? name)
  })
  return answerDomain(call, domain)
}

async function answerReferences(call: TenantCall): Promise<Answer> {
  const references = await call.services.store.read(async (db) => {
    const {tenantId, name} = await requireDomain(db, call)()
    return listReferences(db, tenantId, name)
  })
  return answerCollection(
    call,
    'directoryObjects',
    references.map(({resource, ...names}) => ({'@odata.type': `#${graphType(resource)}`, ...names})),
  )
}

/** The domain that the path names, in whatever case. */
export const readDomain = (call: TenantCall): Promise<StoredDomain> =>
  call.services.store.read((db) => requireDomain(db, call)())

/** Finds a domain of the tenant: the one that the path names, unless another is given. */
export const requireDomain =
  (db: Queries, call: TenantCall) =>
  async (name = parameter(call, 'domain')): Promise<StoredDomain> => {
    const domain = await findDomain(db, call.tenant.id, name.toLowerCase())
    if (domain === undefined) throw notFound(name)
    return domain
  }
