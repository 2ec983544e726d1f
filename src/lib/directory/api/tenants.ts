import {readDomainName} from '../../model/domain-name.ts'
import {invalidValue, missingValue, notFound, sameKey} from '../rules/graph-failure.ts'
import {newPassword} from '../rules/passwords.ts'
import {globalAdministrator} from '../rules/role-templates.ts'
import {timestamp} from '../rules/timestamp.ts'
import {addDomain, isVerifiedAnywhere} from '../store/domains.ts'
import {addRole, addRoleMember} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import {addGraphServicePrincipal} from '../store/service-principals.ts'
import {addTenant, findTenantBy, listTenants, removeTenant, type TenantWithDomain} from '../store/tenants.ts'
import {type Answer, type Call, created, noContent, ok, parameter, type Route, type Services} from './call.ts'
import {newDomain} from './new-domain.ts'
import {readBody, readProperties} from './read-body.ts'
import {preparePassword} from './save-password.ts'
import {insertUser, newUser} from './save-user.ts'

/** /fedctl/v1/tenants: what Graph has no word for. */
export const tenantRoutes: readonly Route<Call>[] = [
  {method: 'GET', path: '/fedctl/v1/tenants', run: answerList},
  {method: 'POST', path: '/fedctl/v1/tenants', run: answerCreation},
  {method: 'GET', path: '/fedctl/v1/tenants/:tenant', run: async (call) => ok(toJson(await requireTenant(call)))},
  {method: 'DELETE', path: '/fedctl/v1/tenants/:tenant', run: answerRemoval},
]

const rules = {
  displayName: {kind: 'text', max: 256, notNull: true},
  initialDomain: {kind: 'text', notNull: true},
  domainVerification: {kind: 'text', oneOf: ['dns', 'none'], notNull: true},
  administrator: {kind: 'object', notNull: true},
} as const

const administratorRules = {
  userPrincipalName: {kind: 'text', notNull: true},
  displayName: {kind: 'text', max: 256, notNull: true},
} as const

async function answerList({services}: Call): Promise<Answer> {
  return ok({value: (await services.store.read(listTenants)).map(toJson)})
}

async function answerCreation(call: Call): Promise<Answer> {
  const wanted = readWanted(call)
  const {services} = call
  const password = newPassword(services.randomBytes)
  const given = (await preparePassword(services, password, true)) ?? {password}
  const {tenant, administrator} = await services.store.change(async (db) => {
    const {initialDomain} = wanted
    if (await isVerifiedAnywhere(db, initialDomain)) throw sameKey(`The domain '${initialDomain}' is already in use.`)
    const id = await makeTenant(db, services, wanted)
    const user = newUser(services, id, {change: administratorOf(wanted)})
    await insertUser(db, services, {user, body: {change: {}, profile: {forceChangePasswordNextSignIn: false}}, given})
    const {createdDateTime} = user
    const role = {id: services.newId(), tenantId: id, createdDateTime, roleTemplateId: globalAdministrator}
    await addRoleMember(db, await addRole(db, role), user.id)
    return {tenant: await findTenantBy(db, id), administrator: user}
  })
  const {id, userPrincipalName} = administrator
  return created({...(tenant === undefined ? {} : toJson(tenant)), administrator: {id, userPrincipalName, password}})
}

interface Wanted {
  readonly displayName: string
  readonly initialDomain: string
  readonly domainVerification: 'dns' | 'none'
  readonly administrator: {readonly userPrincipalName?: string; readonly displayName?: string}
}

function readWanted(call: Call): Wanted {
  const {displayName, initialDomain, domainVerification = 'dns', administrator = {}} = readBody(call, 'Tenant', rules)
  if (displayName === undefined) throw missingValue('displayName', 'Tenant')
  if (initialDomain === undefined) throw missingValue('initialDomain', 'Tenant')
  const name = readDomainName(initialDomain)
  if (!name.ok)
    throw invalidValue('initialDomain', 'Tenant', `"${initialDomain}" is not a domain name: ${name.problem}`)
  return {
    displayName,
    initialDomain: name.value,
    domainVerification: domainVerification === 'none' ? 'none' : 'dns',
    administrator: readProperties(administrator, 'User', administratorRules),
  }
}

function administratorOf({initialDomain, administrator}: Wanted) {
  const {userPrincipalName: local = 'admin', displayName = 'Administrator'} = administrator
  return {accountEnabled: true, displayName, mailNickname: local, userPrincipalName: `${local}@${initialDomain}`}
}

async function makeTenant(db: Queries, services: Services, wanted: Wanted): Promise<string> {
  const {displayName, domainVerification, initialDomain} = wanted
  const id = services.newId()
  const createdDateTime = timestamp(services.now())
  await addTenant(db, {id, displayName, domainVerification, createdDateTime})
  await addGraphServicePrincipal(db, id, createdDateTime)
  await addDomain(db, {
    ...newDomain(services, {tenantId: id, name: initialDomain, isVerified: true}),
    isDefault: true,
    isInitial: true,
  })
  return id
}

async function requireTenant(call: Call): Promise<TenantWithDomain> {
  const identity = parameter(call, 'tenant').toLowerCase()
  const tenant = await call.services.store.read((db) => findTenantBy(db, identity))
  if (tenant === undefined) throw notFound(identity)
  return tenant
}

async function answerRemoval(call: Call): Promise<Answer> {
  const {id} = await requireTenant(call)
  await call.services.store.change((db) => removeTenant(db, id))
  return noContent
}

const toJson = ({id, displayName, initialDomain, domainVerification, createdDateTime}: TenantWithDomain): object => ({
  id,
  displayName,
  initialDomain,
  domainVerification,
  createdDateTime,
})
