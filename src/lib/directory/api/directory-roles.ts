import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import {directoryRoleResource} from '../rules/directory-role-properties.ts'
import {badRequest, GraphFailure, invalidValue, missingValue, notFound} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import {findTemplate, roleTemplates} from '../rules/role-templates.ts'
import {timestamp} from '../rules/timestamp.ts'
import {userResource} from '../rules/user-properties.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {addRole, findRole, findRoleOf, type StoredRole} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import {audit} from './audit.ts'
import {auditTarget} from './audit-target.ts'
import {type Answer, context, created, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerUnpaged, refusePages} from './collection.ts'
import {deltaRoute} from './delta.ts'
import {type LinkKind, linkRoutes} from './link-routes.ts'
import {answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {readBody} from './read-body.ts'
import {readShown, toGraphObject} from './to-graph-object.ts'

const members: LinkKind = {
  owner: directoryRoleResource,
  path: '/directoryRoles/:role',
  property: 'members',
  targets: [userResource, groupResource, servicePrincipalResource],
  read: access.readRoles,
  write: access.writeRoles,
  category: 'RoleManagement',
  activities: {add: 'Add member to role', remove: 'Remove member from role'},
  find: async (db, call) => toObject(await requireRole(db, call)),
  async checkAddition(_db, _call, {target: {resource, object}}) {
    if (resource === groupResource && !object['isAssignableToRole'])
      throw badRequest(
        `The group '${String(object['displayName'])}' cannot have a role: its isAssignableToRole is not true.`,
      )
  },
}

/** /directoryRoles and /directoryRoleTemplates. */
export const roleRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path: '/directoryRoleTemplates',
    needs: access.readRoles,
    run: async (call) => answerUnpaged(call, 'directoryRoleTemplates', roleTemplates),
  },
  {method: 'GET', path: '/directoryRoleTemplates/:template', needs: access.readRoles, run: answerTemplate},
  {
    method: 'GET',
    path: '/directoryRoles',
    needs: access.readRoles,
    run: async (call) => {
      refusePages(call)
      return answerObjectList(call, {resource: directoryRoleResource, tenantId: call.tenant.id})
    },
  },
  {method: 'POST', path: '/directoryRoles', needs: access.writeRoles, run: answerActivation},
  deltaRoute({resource: directoryRoleResource, needs: access.readRoles, auditType: 'Role', links: ['members']}),
  {method: 'GET', path: '/directoryRoles/:role', needs: access.readRoles, run: answerRole},
  ...linkRoutes(members),
]

async function answerTemplate(call: TenantCall): Promise<Answer> {
  const id = parameter(call, 'template')
  const template = findTemplate(id)
  if (template === undefined) throw notFound(id)
  return ok({'@odata.context': context(call, 'directoryRoleTemplates/$entity'), ...template})
}

async function answerActivation(call: TenantCall): Promise<Answer> {
  const {roleTemplateId} = readBody(call, 'DirectoryRole', {roleTemplateId: {kind: 'text', notNull: true}})
  if (roleTemplateId === undefined) throw missingValue('roleTemplateId', 'DirectoryRole')
  const template = findTemplate(roleTemplateId)
  if (template === undefined)
    throw invalidValue('roleTemplateId', 'DirectoryRole', `there is no role template '${roleTemplateId}'`)
  const {services, tenant} = call
  const own = {id: services.newId(), tenantId: tenant.id, createdDateTime: timestamp(services.now())}
  const role = await services.store.change(async (db) => {
    if ((await findRoleOf(db, tenant.id, template.id)) !== undefined)
      throw new GraphFailure(
        400,
        'Request_BadRequest',
        `A conflicting object with one or more of the specified property values is present in the directory: ${template.displayName} is active already.`,
        [{code: 'ObjectConflict', target: 'roleTemplateId'}],
      )
    const added = toObject(await addRole(db, {...own, roleTemplateId: template.id}))
    const targets = [auditTarget(directoryRoleResource, added)] as const
    await audit(db, call, {activity: 'Add role from template', category: 'RoleManagement', operation: 'Add', targets})
    return added
  })
  return created(toJson(call, role))
}

async function answerRole(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select'])
  const role = await call.services.store.read((db) => requireRole(db, call))
  return ok(toJson(call, toObject(role), readSelect(call)))
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

const toObject = (role: StoredRole): StoredObject => ({...role})

const toJson = (call: TenantCall, role: StoredObject, select?: readonly string[]): object => ({
  '@odata.context': context(call, 'directoryRoles/$entity'),
  ...toGraphObject(directoryRoleResource, role, readShown(directoryRoleResource, select)),
})
