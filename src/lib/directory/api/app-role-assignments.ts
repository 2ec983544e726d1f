import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import type {Entitlement} from '../rules/application-rules.ts'
import {badRequest, GraphFailure, missingValue, notFound} from '../rules/graph-failure.ts'
import {graphServicePrincipalId} from '../rules/graph-permissions.ts'
import {groupResource} from '../rules/group-properties.ts'
import {assignmentFilter} from '../rules/permission-properties.ts'
import {guidForm} from '../rules/property.ts'
import {timestamp} from '../rules/timestamp.ts'
import {userResource} from '../rules/user-properties.ts'
import {attach} from '../store/attach.ts'
import {findAnyObject, type Kinded} from '../store/find-any-object.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {
  addAssignment,
  listNames,
  listPermissions,
  removePermission,
  type StoredAssignment,
} from '../store/permissions.ts'
import {readJsonColumn} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {type AuditEntry, audit} from './audit.ts'
import {auditTarget} from './audit-target.ts'
import {requireAccess} from './authorize.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerPermissions} from './list-permissions.ts'
import {readBody} from './read-body.ts'

/** Where assignments are found: at those who have a role, and at the application that offers it. */
interface Place {
  readonly path: string
  /** What the object of the path is in an assignment. */
  readonly side: 'principalId' | 'resourceId'
  readonly resource: typeof userResource | typeof groupResource | typeof servicePrincipalResource
}

const places: readonly Place[] = [
  {path: '/users/:object/appRoleAssignments', side: 'principalId', resource: userResource},
  {path: '/groups/:object/appRoleAssignments', side: 'principalId', resource: groupResource},
  {path: '/servicePrincipals/:object/appRoleAssignments', side: 'principalId', resource: servicePrincipalResource},
  {path: '/servicePrincipals/:object/appRoleAssignedTo', side: 'resourceId', resource: servicePrincipalResource},
]

const [read, write] = [access.readAppRoles, access.writeAppRoles]

/** appRoleAssignments and appRoleAssignedTo: which roles of which application somebody has. */
export const assignmentRoutes: readonly TenantRoute[] = places.flatMap((place) => [
  {method: 'GET', path: place.path, needs: read, run: (call) => answerList(call, place)},
  {method: 'POST', path: place.path, needs: write, run: (call) => answerCreation(call, place)},
  {method: 'GET', path: `${place.path}/:assignment`, needs: read, run: (call) => answerOne(call, place)},
  {method: 'DELETE', path: `${place.path}/:assignment`, needs: write, run: (call) => answerRemoval(call, place)},
])

async function requirePlace(db: Queries, call: TenantCall, {resource}: Place): Promise<StoredObject> {
  const key = parameter(call, 'object')
  const found = await findAnyObject(db, [resource], {tenantId: call.tenant.id, id: key})
  if (found === undefined) throw notFound(key)
  return found.object
}

async function answerList(call: TenantCall, place: Place): Promise<Answer> {
  const {id} = await call.services.store.read((db) => requirePlace(db, call, place))
  return answerPermissions<StoredAssignment>(call, {
    resource: assignmentFilter,
    where: {property: place.side, value: id},
    show,
  })
}

async function show(db: Queries, rows: readonly StoredAssignment[]): Promise<object[]> {
  const names = await listNames(
    db,
    rows.flatMap(({principalId, resourceId}) => [principalId, resourceId]),
  )
  return rows.map(({tenantId: _, ...assignment}) => ({
    ...assignment,
    deletedDateTime: null,
    principalDisplayName: names.get(assignment.principalId) ?? null,
    resourceDisplayName: names.get(assignment.resourceId) ?? null,
  }))
}

async function answerOne(call: TenantCall, place: Place): Promise<Answer> {
  const [shown] = await call.services.store.read(async (db) => show(db, [await requireAssignment(db, call, place)]))
  return ok({'@odata.context': context(call, 'appRoleAssignments/$entity'), ...shown})
}

async function requireAssignment(db: Queries, call: TenantCall, place: Place): Promise<StoredAssignment> {
  const object = await requirePlace(db, call, place)
  const id = parameter(call, 'assignment').toLowerCase()
  const filter = {is: 'in', property: 'id', values: [id]} as const
  const [row] = await listPermissions(db, assignmentFilter, {tenantId: call.tenant.id, filter, size: 1})
  if (row?.[place.side] !== object.id) throw notFound(id)
  return row
}

const id = {kind: 'text', form: guidForm, notNull: true} as const

async function answerCreation(call: TenantCall, place: Place): Promise<Answer> {
  const given = readBody(call, 'AppRoleAssignment', {appRoleId: id, principalId: id, resourceId: id})
  for (const name of ['appRoleId', 'principalId', 'resourceId'] as const)
    if (given[name] === undefined) throw missingValue(name, 'AppRoleAssignment')
  const [appRoleId = '', principalId = '', resourceId = ''] = [
    given.appRoleId,
    given.principalId,
    given.resourceId,
  ].map((value) => value?.toLowerCase())
  const shown = await call.services.store.change(async (db) => {
    const object = await requirePlace(db, call, place)
    if ({principalId, resourceId}[place.side] !== object.id)
      throw badRequest(`The ${place.side} of the assignment must be the id '${object.id}' of the path.`)
    const assignment = await makeAssignment(db, call, {appRoleId, principalId, resourceId})
    return (await show(db, [assignment]))[0]
  })
  return created({'@odata.context': context(call, 'appRoleAssignments/$entity'), ...shown})
}

type Wanted = Pick<StoredAssignment, 'appRoleId' | 'principalId' | 'resourceId'>

async function makeAssignment(db: Queries, call: TenantCall, wanted: Wanted): Promise<StoredAssignment> {
  const {tenant, services} = call
  const parties = await requireParties(db, call, wanted)
  const {principal, roles} = parties
  if (!isOffered(roles, wanted.appRoleId, principal))
    throw badRequest(`Permission being assigned was not found on application '${wanted.resourceId}'.`)
  if (await hasRole(db, tenant.id, wanted)) throw alreadyThere()
  const assignment = {
    ...wanted,
    id: services.newId(),
    tenantId: tenant.id,
    createdDateTime: timestamp(services.now()),
    principalType: principal.resource.type,
  }
  await addAssignment(db, assignment)
  await auditAssignment(db, call, {...parties, assignment, isAdded: true})
  return assignment
}

interface Parties {
  readonly principal: Kinded
  readonly resource: StoredObject
  readonly roles: readonly Entitlement[]
}

const principals = [userResource, groupResource, servicePrincipalResource]

/** Who gets a role, who offers it, and what that offers; refuses callers who must not give Graph's. */
async function requireParties(db: Queries, call: TenantCall, {principalId, resourceId}: Wanted): Promise<Parties> {
  const tenantId = call.tenant.id
  if (resourceId === graphServicePrincipalId(tenantId)) await requireAccess(db, call, access.writeGraphRoles)
  const principal = await findAnyObject(db, principals, {tenantId, id: principalId})
  if (principal === undefined) throw notFound(principalId)
  const found = await findAnyObject(db, [servicePrincipalResource], {tenantId, id: resourceId})
  if (found === undefined) throw notFound(resourceId)
  const whole = {tenantId, objects: [found.object], shown: ['appRoles']}
  const [resource = found.object] = await attach(db, servicePrincipalResource, whole)
  return {principal, resource, roles: readJsonColumn(String(resource['appRoles'])) as Entitlement[]}
}

const noRole = '00000000-0000-0000-0000-000000000000'

/** Without any role of its own, an application has the one that says only that somebody uses it. */
function isOffered(roles: readonly Entitlement[], roleId: string, {resource}: Kinded): boolean {
  if (roleId === noRole) return resource.table !== 'servicePrincipals' && roles.length === 0
  const member = resource.table === 'servicePrincipals' ? 'Application' : 'User'
  const role = roles.find(({id: own}) => own?.toLowerCase() === roleId)
  return role?.isEnabled === true && (role['allowedMemberTypes'] as readonly string[]).includes(member)
}

async function hasRole(db: Queries, tenantId: string, wanted: Wanted): Promise<boolean> {
  const all = Object.entries(wanted).map(([property, value]) => ({is: 'in', property, values: [value]}) as const)
  return (await listPermissions(db, assignmentFilter, {tenantId, filter: {is: 'and', all}, size: 1})).length > 0
}

const alreadyThere = (): GraphFailure =>
  new GraphFailure(400, 'Request_BadRequest', 'Permission being assigned already exists on the object', [
    {code: 'InvalidUpdate', target: 'appRoleAssignments'},
  ])

async function answerRemoval(call: TenantCall, place: Place): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const assignment = await requireAssignment(db, call, place)
    const parties = await requireParties(db, call, assignment)
    await removePermission(db, 'appRoleAssignments', assignment.id)
    await auditAssignment(db, call, {...parties, assignment, isAdded: false})
  })
  return noContent
}

const words: Readonly<Record<string, {add: string; remove: string; category: AuditEntry['category']}>> = {
  User: {
    add: 'Add app role assignment grant to user',
    remove: 'Remove app role assignment from user',
    category: 'UserManagement',
  },
  Group: {
    add: 'Add app role assignment to group',
    remove: 'Remove app role assignment from group',
    category: 'GroupManagement',
  },
  ServicePrincipal: {
    add: 'Add app role assignment to service principal',
    remove: 'Remove app role assignment from service principal',
    category: 'ApplicationManagement',
  },
}

async function auditAssignment(
  db: Queries,
  call: TenantCall,
  {principal, resource, roles, assignment, isAdded}: Parties & {assignment: StoredAssignment; isAdded: boolean},
): Promise<void> {
  const said = words[principal.resource.type]
  if (said === undefined) return
  const role = roles.find(({id: own}) => own?.toLowerCase() === assignment.appRoleId)
  const values = {'appRole.Id': assignment.appRoleId, 'appRole.Value': role?.value ?? undefined}
  const changes = Object.entries(values).map(([property, value]) =>
    isAdded ? {property, before: undefined, after: value} : {property, before: value, after: undefined},
  )
  const who = auditTarget(principal.resource, principal.object)
  await audit(db, call, {
    activity: isAdded ? said.add : said.remove,
    category: said.category,
    operation: isAdded ? 'Assign' : 'Unassign',
    targets: [auditTarget(servicePrincipalResource, resource), who],
    object: who,
    changes: changes.filter(({before, after}) => before !== after),
    changed: ['appRoleAssignments'],
  })
}
