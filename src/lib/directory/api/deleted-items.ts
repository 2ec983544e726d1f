import {readCast} from '../rules/directory-object-properties.ts'
import {notFound} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import {findAnyObject} from '../store/find-any-object.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {requireAccess} from './authorize.ts'
import {type Answer, context, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {type Deletable, keptSince, removeDeleted, restoreObject} from './deletable.ts'
import {accessToAny, deletableKinds, deletableOf} from './deletable-kinds.ts'
import {deletableUsers} from './deleted-users.ts'
import {refuseUnknown, toDirectoryObjects} from './list-directory-objects.ts'
import {answerObjectCount, answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'

const path = '/directory/deletedItems/:item'

/** /directory/deletedItems, where what was deleted waits for 30 days. */
export const deletedItemRoutes: readonly TenantRoute[] = [
  {method: 'GET', path, needs: accessToAny.read, run: answerItems},
  {method: 'GET', path: `${path}/$count`, needs: accessToAny.read, run: answerCount},
  {method: 'DELETE', path, needs: accessToAny.write, run: answerRemoval},
  {
    method: 'POST',
    path: `${path}/restore`,
    needs: accessToAny.write,
    run: (call) => answerRestoration(call, deletableKinds),
  },
  {
    method: 'POST',
    path: '/users/:item/restore',
    needs: deletableUsers.write,
    run: (call) => answerRestoration(call, [deletableUsers]),
  },
]

const resources = deletableKinds.map(({resource}) => resource)

/** All of the kind that the path names, or the one whose id it has. */
async function answerItems(call: TenantCall): Promise<Answer> {
  const kinds = readCast(parameter(call, 'item'), resources)
  if (kinds === undefined) return answerItem(call)
  const [resource] = kinds
  if (resource === undefined) return ok({'@odata.context': context(call, 'directoryObjects'), value: []})
  return answerObjectList(call, await deletedOf(call, resource))
}

async function answerCount(call: TenantCall): Promise<Answer> {
  const [resource] = readCast(parameter(call, 'item'), resources) ?? []
  if (resource === undefined) throw notFound(parameter(call, 'item'))
  return answerObjectCount(call, await deletedOf(call, resource))
}

async function deletedOf(call: TenantCall, resource: Resource) {
  const needs = deletableOf(resource)?.read ?? accessToAny.read
  await call.services.store.read((db) => requireAccess(db, call, needs))
  return {resource, tenantId: call.tenant.id, deletedSince: keptSince(call)}
}

async function answerItem(call: TenantCall): Promise<Answer> {
  const {kind, object} = await call.services.store.read(async (db) => {
    const found = await requireDeleted(db, call, deletableKinds)
    await requireAccess(db, call, found.kind.read)
    return found
  })
  return toAnswer(call, kind.resource, object)
}

async function toAnswer(call: TenantCall, resource: Resource, object: StoredObject): Promise<Answer> {
  refuseOthers(call, ['$select'])
  const select = readSelect(call)
  refuseUnknown([resource], select)
  const [shown] = await call.services.store.read((db) =>
    toDirectoryObjects(db, resource, {tenantId: call.tenant.id, objects: [object], select}),
  )
  return ok({'@odata.context': context(call, 'directoryObjects/$entity'), ...shown})
}

async function answerRestoration(call: TenantCall, kinds: readonly Deletable[]): Promise<Answer> {
  const {kind, object} = await call.services.store.change(async (db) => {
    const found = await requireDeleted(db, call, kinds)
    await requireAccess(db, call, found.kind.write)
    return {kind: found.kind, object: await restoreObject(db, call, found)}
  })
  return toAnswer(call, kind.resource, object)
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const found = await requireDeleted(db, call, deletableKinds)
    await requireAccess(db, call, found.kind.write)
    await removeDeleted(db, call, found)
  })
  return noContent
}

async function requireDeleted(db: Queries, call: TenantCall, kinds: readonly Deletable[]) {
  const id = parameter(call, 'item')
  const sought = {tenantId: call.tenant.id, id, deletedSince: keptSince(call)}
  const found = await findAnyObject(
    db,
    kinds.map(({resource}) => resource),
    sought,
  )
  const kind = found === undefined ? undefined : deletableOf(found.resource)
  if (found === undefined || kind === undefined) throw notFound(id)
  return {kind, object: found.object}
}
