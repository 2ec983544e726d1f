import {access} from '../rules/access.ts'
import {directoryResources} from '../rules/directory-object-properties.ts'
import {badRequest, GraphFailure, invalidValue, missingValue, notFound} from '../rules/graph-failure.ts'
import {graphType, type Resource} from '../rules/resource.ts'
import {listTakenAddresses} from '../store/addresses.ts'
import {listDomains} from '../store/domains.ts'
import {findAnyObject, type Kinded} from '../store/find-any-object.ts'
import {findObjects} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {isPermitted, requireAccess} from './authorize.ts'
import {type Answer, context, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {deleteObject} from './deletable.ts'
import {accessToAny, deletableOf} from './deletable-kinds.ts'
import {refuseUnknown, toDirectoryObjects} from './list-directory-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {readBody} from './read-body.ts'

const path = '/directoryObjects'

/** /directoryObjects: objects whatever their kind. */
export const directoryObjectRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: `${path}/:id`, needs: accessToAny.read, run: answerOne},
  {method: 'DELETE', path: `${path}/:id`, needs: accessToAny.write, run: answerDeletion},
  {method: 'POST', path: `${path}/getByIds`, needs: accessToAny.read, run: answerByIds},
  {method: 'POST', path: `${path}/validateProperties`, needs: access.readGroups, run: answerValidation},
]

const readAccess = (resource: Resource) => deletableOf(resource)?.read ?? access.readRoles

async function answerOne(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select'])
  const select = readSelect(call)
  refuseUnknown(directoryResources, select)
  const [shown] = await call.services.store.read(async (db) => {
    const {resource, object} = await requireAny(db, call)
    await requireAccess(db, call, readAccess(resource))
    return toDirectoryObjects(db, resource, {tenantId: call.tenant.id, objects: [object], select})
  })
  return ok({'@odata.context': context(call, 'directoryObjects/$entity'), ...shown})
}

async function answerDeletion(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const {resource, object} = await requireAny(db, call)
    const kind = deletableOf(resource)
    if (kind === undefined) throw badRequest(`An object of the type '${resource.type}' cannot be deleted.`)
    await requireAccess(db, call, kind.write)
    await deleteObject(db, call, {kind, object})
  })
  return noContent
}

async function requireAny(db: Queries, call: TenantCall): Promise<Kinded> {
  const id = parameter(call, 'id')
  const found = await findAnyObject(db, directoryResources, {tenantId: call.tenant.id, id})
  if (found === undefined || id.includes('@')) throw notFound(id)
  return found
}

/** Those of the objects that there are, in the order in which they were asked for. */
async function answerByIds(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select'])
  const select = readSelect(call)
  refuseUnknown(directoryResources, select)
  const {ids, types} = readBody(call, 'DirectoryObject', {
    ids: {kind: 'texts', most: 1000, notNull: true},
    types: {kind: 'texts'},
  })
  if (ids === undefined) throw missingValue('ids', 'DirectoryObject')
  const wanted = ids.map((id) => id.toLowerCase())
  const found = new Map<string, object>()
  await call.services.store.read(async (db) => {
    const {id: tenantId} = call.tenant
    for (const resource of resourcesOf(types ?? [])) {
      if (!(await isPermitted(db, call, readAccess(resource)))) continue
      const rows = await findObjects(db, resource.table, wanted)
      const objects = rows.filter((row) => row.tenantId === tenantId && row['deletedDateTime'] === null)
      const shown = await toDirectoryObjects(db, resource, {tenantId, objects, select})
      objects.forEach(({id}, index) => {
        found.set(id, shown[index] ?? {})
      })
    }
  })
  const value = [...new Set(wanted)].flatMap((id) => found.get(id) ?? [])
  return ok({'@odata.context': context(call, 'directoryObjects'), value})
}

/** The kinds that names mean (`user`, `directoryObject`); all when none is named. */
function resourcesOf(types: readonly string[]): readonly Resource[] {
  const names = types.map((type) => `microsoft.graph.${type.replace(/^microsoft\.graph\./i, '')}`.toLowerCase())
  const known = new Set(['microsoft.graph.directoryobject', 'microsoft.graph.orgcontact'])
  for (const resource of directoryResources) known.add(graphType(resource).toLowerCase())
  const other = names.findIndex((name) => !known.has(name))
  if (other >= 0) throw invalidValue('types', 'DirectoryObject', `there is no type '${types[other]}'`)
  if (names.length === 0 || names.includes('microsoft.graph.directoryobject')) return directoryResources
  return directoryResources.filter((resource) => names.includes(graphType(resource).toLowerCase()))
}

const validationRules = {
  entityType: {kind: 'text', oneOf: ['Group']},
  displayName: {kind: 'text', max: 256},
  mailNickname: {kind: 'text', max: 64},
  onBehalfOfUserId: {kind: 'text'},
} as const

/** Whether a Microsoft 365 group could have these names: of the rules of names there is one here, that a nickname is unique. */
async function answerValidation(call: TenantCall): Promise<Answer> {
  const {entityType, displayName, mailNickname} = readBody(call, 'Group', validationRules)
  if (entityType == null) throw missingValue('entityType', 'Group')
  if (displayName == null && mailNickname == null) throw missingValue('displayName', 'Group')
  const isTaken = await call.services.store.read(async (db) => {
    const {id: tenantId} = call.tenant
    const domain = (await listDomains(db, tenantId)).find(({isDefault}) => isDefault)?.name
    const proxyAddresses = mailNickname == null ? [] : [`smtp:${mailNickname}@${domain}`]
    return (await listTakenAddresses(db, {tenantId, id: '', proxyAddresses})).length > 0
  })
  if (isTaken)
    throw new GraphFailure(
      422,
      'Request_UnprocessableEntity',
      'The values provided contain one or more validation errors.',
      [{code: 'ObjectConflict', target: 'mailNickname'}],
    )
  return noContent
}
