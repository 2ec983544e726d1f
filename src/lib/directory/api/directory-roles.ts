import {access} from '../rules/access.ts'
import {badRequest, GraphFailure, invalidValue, missingValue, notFound} from '../rules/graph-failure.ts'
import {findTemplate, globalAdministrator, roleTemplates} from '../rules/role-templates.ts'
import {
  addMember,
  addRole,
  findRole,
  findRoleOf,
  listMembers,
  listRoles,
  listRolesOf,
  removeMember,
  type StoredRole,
} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import {findUser, type StoredUser} from '../store/users.ts'
import {type AuditEntry, type AuditTarget, audit} from './audit.ts'
import {userTarget} from './audit-users.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection} from './collection.ts'
import {refuseLastAdministrator} from './last-administrator.ts'
import {readSelect, readTop, refuseOthers} from './list-options.ts'
import {readBody, readJson} from './read-body.ts'
import {requireUser, toGraphUser} from './users.ts'

/** /directoryRoles, /directoryRoleTemplates and the roles of a user. */
export const roleRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path: '/directoryRoleTemplates',
    needs: access.readRoles,
    run: async (call) => answerCollection(call, 'directoryRoleTemplates', roleTemplates),
  },
  {method: 'GET', path: '/directoryRoleTemplates/:template', needs: access.readRoles, run: answerTemplate},
  {method: 'GET', path: '/directoryRoles', needs: access.readRoles, run: answerList},
  {method: 'POST', path: '/directoryRoles', needs: access.writeRoles, run: answerActivation},
  {method: 'GET', path: '/directoryRoles/:role', needs: access.readRoles, run: answerRole},
  {method: 'GET', path: '/directoryRoles/:role/members', needs: access.readRoles, run: answerMembers},
  {method: 'POST', path: '/directoryRoles/:role/members/$ref', needs: access.writeRoles, run: answerAddition},
  {method: 'DELETE', path: '/directoryRoles/:role/members/:member/$ref', needs: access.writeRoles, run: answerRemoval},
  {method: 'GET', path: '/users/:user/memberOf', needs: access.readMemberships, run: answerMemberOf},
]

async function answerTemplate(call: TenantCall): Promise<Answer> {
  const id = parameter(call, 'template')
  const template = findTemplate(id)
  if (template === undefined) throw notFound(id)
  return ok({'@odata.context': context(call, 'directoryRoleTemplates/$entity'), ...template})
}

async function answerList(call: TenantCall): Promise<Answer> {
  const roles = await call.services.store.read((db) => listRoles(db, call.tenant.id))
  return answerCollection(call, 'directoryRoles', roles.map(toJson))
}

async function answerActivation(call: TenantCall): Promise<Answer> {
  const {roleTemplateId} = readBody(call, 'DirectoryRole', {roleTemplateId: {kind: 'text', notNull: true}})
  if (roleTemplateId === undefined) throw missingValue('roleTemplateId', 'DirectoryRole')
  const template = findTemplate(roleTemplateId)
  if (template === undefined)
    throw invalidValue('roleTemplateId', 'DirectoryRole', `there is no role template '${roleTemplateId}'`)
  const role = {id: call.services.newId(), tenantId: call.tenant.id, roleTemplateId: template.id}
  await call.services.store.change(async (db) => {
    if ((await findRoleOf(db, call.tenant.id, template.id)) !== undefined)
      throw new GraphFailure(
        400,
        'Request_BadRequest',
        `A conflicting object with one or more of the specified property values is present in the directory: ${template.displayName} is active already.`,
        [{code: 'ObjectConflict', target: 'roleTemplateId'}],
      )
    await addRole(db, role)
    await auditRole(db, call, {activity: 'Add role from template', targets: [roleTarget(role)]})
  })
  return created({'@odata.context': context(call, 'directoryRoles/$entity'), ...toJson(role)})
}

async function answerRole(call: TenantCall): Promise<Answer> {
  const role = await call.services.store.read((db) => requireRole(db, call))
  return ok({'@odata.context': context(call, 'directoryRoles/$entity'), ...toJson(role)})
}

async function answerMembers(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select', '$top'])
  const [select, top] = [readSelect(call), readTop(call)]
  const members = await call.services.store.read(async (db) => listMembers(db, (await requireRole(db, call)).id))
  return ok({
    '@odata.context': context(call, 'directoryObjects'),
    value: members
      .slice(0, top)
      .map((user) => ({'@odata.type': '#microsoft.graph.user', ...toGraphUser(user, select)})),
  })
}

async function answerAddition(call: TenantCall): Promise<Answer> {
  const reference = (readJson(call.request.body ?? '') as {'@odata.id'?: unknown})['@odata.id']
  const id = typeof reference === 'string' ? /\/(?:directoryObjects|users)\/([^/?]+)$/.exec(reference)?.[1] : undefined
  if (id === undefined) throw badRequest('The body must name the new member: {"@odata.id": "…/directoryObjects/{id}"}.')
  await call.services.store.change(async (db) => {
    const role = await requireRole(db, call)
    const user = await requireMember(db, call, id)
    if ((await listMembers(db, role.id)).some((member) => member.id === user.id))
      throw new GraphFailure(
        400,
        'Request_BadRequest',
        "One or more added object references already exist for the following modified properties: 'members'.",
        [{code: 'ObjectConflict', target: 'members'}],
      )
    await addMember(db, role.id, user.id)
    const changes = [{property: 'role.DisplayName', before: undefined, after: roleTarget(role).displayName}]
    await auditRole(db, call, {activity: 'Add member to role', targets: [userTarget(user), roleTarget(role)], changes})
  })
  return noContent
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const role = await requireRole(db, call)
    const user = await requireMember(db, call, parameter(call, 'member'))
    if (!(await listMembers(db, role.id)).some((member) => member.id === user.id)) throw notFound(user.id)
    if (role.roleTemplateId === globalAdministrator) await refuseLastAdministrator(db, user)
    await removeMember(db, role.id, user.id)
    const changes = [{property: 'role.DisplayName', before: roleTarget(role).displayName, after: undefined}]
    const targets = [userTarget(user), roleTarget(role)] as const
    await auditRole(db, call, {activity: 'Remove member from role', targets, changes})
  })
  return noContent
}

async function answerMemberOf(call: TenantCall): Promise<Answer> {
  const user = await requireUser(call)
  const roles = await call.services.store.read((db) => listRolesOf(db, user.id))
  const value = roles.map((role) => ({'@odata.type': '#microsoft.graph.directoryRole', ...toJson(role)}))
  return answerCollection(call, 'directoryObjects', value)
}

/** The active role that the path names, by its id or as roleTemplateId='…'. */
async function requireRole(db: Queries, call: TenantCall): Promise<StoredRole> {
  const named = parameter(call, 'role').toLowerCase()
  const template = /^roletemplateid=(.*)$/.exec(named)?.[1]
  const role =
    template === undefined ? await findRole(db, call.tenant.id, named) : await findRoleOf(db, call.tenant.id, template)
  if (role === undefined) throw notFound(named)
  return role
}

async function requireMember(db: Queries, {tenant}: TenantCall, id: string): Promise<StoredUser> {
  const user = await findUser(db, tenant.id, id)
  if (user === undefined) throw notFound(id)
  return user
}

const operations = {
  'Add member to role': 'Assign',
  'Add role from template': 'Add',
  'Remove member from role': 'Unassign',
} as const

interface RoleActivity extends Pick<AuditEntry, 'targets' | 'changes'> {
  readonly activity: keyof typeof operations
}

/** Writes down what was done to a role: of the targets the last one. */
const auditRole = (db: Queries, call: TenantCall, entry: RoleActivity): Promise<void> => {
  const object = entry.targets.at(-1) ?? entry.targets[0]
  return audit(db, call, {...entry, object, category: 'RoleManagement', operation: operations[entry.activity]})
}

const roleTarget = ({id, roleTemplateId}: StoredRole): AuditTarget => ({
  type: 'Role',
  id,
  displayName: findTemplate(roleTemplateId)?.displayName ?? null,
})

const toJson = ({id, roleTemplateId}: StoredRole): object => ({
  id,
  deletedDateTime: null,
  description: findTemplate(roleTemplateId)?.description ?? null,
  displayName: findTemplate(roleTemplateId)?.displayName ?? null,
  roleTemplateId,
})
