import {missingValue, notFound} from '../rules/graph-failure.ts'
import type {ObjectProperty, OtherResource} from '../rules/resource.ts'
import {timestamp} from '../rules/timestamp.ts'
import {attach} from '../store/attach.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {addObject, changeObject, findObject, type ObjectRow} from '../store/objects.ts'
import type {Queries} from '../store/schema.ts'
import {auditObject} from './audit-objects.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {deleteObject, toDeletable} from './deletable.ts'
import {deltaRoute} from './delta.ts'
import {expand} from './expand.ts'
import {answerObjectCount, answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import type {ObjectKind, ObjectStates, Others} from './object-kind.ts'
import {readBody} from './read-body.ts'
import {readShown, toGraphObject} from './to-graph-object.ts'

/** The routes that every kind of objects has: list, count, one, make, change, delete. */
export function objectRoutes(kind: ObjectKind): readonly TenantRoute[] {
  const {resource, read, write} = kind
  const path = `/${resource.table}`
  const all = (call: TenantCall) => ({resource, tenantId: call.tenant.id})
  return [
    {method: 'GET', path, needs: read, run: (call) => answerObjectList(call, all(call))},
    deltaRoute({resource, needs: read, auditType: kind.auditType, links: kind.links ?? []}),
    {method: 'GET', path: `${path}/$count`, needs: read, run: (call) => answerObjectCount(call, all(call))},
    {method: 'POST', path, needs: write, run: (call) => answerCreation(call, kind)},
    {method: 'GET', path: `${path}/:object`, needs: read, run: (call) => answerOne(call, kind)},
    {method: 'PATCH', path: `${path}/:object`, needs: write, run: (call) => answerChange(call, kind)},
    {method: 'DELETE', path: `${path}/:object`, needs: write, run: (call) => answerDeletion(call, kind)},
  ]
}

/** The object of a kind that the path names. */
export async function requireObject(db: Queries, call: TenantCall, kind: ObjectKind): Promise<StoredObject> {
  const value = parameter(call, 'object').toLowerCase()
  const [, by, key] = /^(\w+)=(.*)$/.exec(value) ?? []
  const byKey = by !== undefined && by === kind.key?.toLowerCase() ? {by: kind.key ?? by, value: key ?? ''} : {value}
  const object = await findObject(db, kind.resource, {tenantId: call.tenant.id, ...byKey})
  if (object === undefined) throw notFound(value)
  return object
}

/** An object as the answer to a request for one. */
export async function answerObject(call: TenantCall, {resource}: ObjectKind, object: StoredObject): Promise<Answer> {
  refuseOthers(call, ['$select', '$expand'])
  const select = readSelect(call)
  const withKeys = select?.includes('keyCredentials') === true
  const entity = await toEntity(call, {resource, object, shown: readShown(resource, select), withKeys})
  const [expanded] = await call.services.store.read((db) => expand(db, call, {resource, objects: [object]}))
  return ok({...entity, ...expanded})
}

interface Entity {
  readonly resource: OtherResource
  readonly object: StoredObject
  readonly shown: readonly string[]
  readonly withKeys?: boolean
}

async function toEntity(call: TenantCall, {resource, object, ...showing}: Entity): Promise<object> {
  const {services, tenant} = call
  const [whole = object] = await services.store.read((db) =>
    attach(db, resource, {tenantId: tenant.id, objects: [object], ...showing}),
  )
  return {
    '@odata.context': context(call, `${resource.table}/$entity`),
    ...toGraphObject(resource, whole, showing.shown),
  }
}

async function answerOne(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  return answerObject(call, kind, await call.services.store.read((db) => requireObject(db, call, kind)))
}

async function answerCreation(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {resource} = kind
  const {given, others} = readColumns(call, kind)
  for (const name of kind.required) if (given[name] == null) throw missingValue(name, resource.type)
  const {services, tenant} = call
  const own = {id: services.newId(), tenantId: tenant.id, createdDateTime: timestamp(services.now())}
  const {object, more} = await services.store.change(async (db) => {
    const after = await kind.complete(db, call, {after: {...empty(kind), ...given, ...own}})
    await addObject(db, resource, after)
    await auditObject(db, call, {kind, activity: 'Add', after})
    return {object: after, more: await kind.follow?.(db, call, {after, others})}
  })
  return created({...(await toEntity(call, {resource, object, shown: readShown(resource, undefined)})), ...more})
}

const empty = ({resource}: ObjectKind): ObjectRow =>
  Object.fromEntries(Object.entries(resource.properties).map(([name, property]) => [name, emptyValue(property)]))

/** What a property is that nobody gave. */
function emptyValue({kind, notNull}: ObjectProperty): string | boolean | null {
  if (kind === 'texts' || kind === 'objects') return '[]'
  return kind === 'flag' && notNull ? false : null
}

async function answerChange(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {given, others} = readColumns(call, kind)
  await call.services.store.change(async (db) => {
    const before = await requireObject(db, call, kind)
    const after = await kind.complete(db, call, {before, after: {...before, ...given}})
    await updateObject(db, call, {kind, before, after, others})
  })
  return noContent
}

/** An object before and after a change, and what else its body has. */
export interface Update extends Required<ObjectStates> {
  readonly kind: ObjectKind
  readonly others: Others
}

/** Makes a change of an object that nothing refuses, and what follows from it. */
export async function updateObject(db: Queries, call: TenantCall, {kind, before, after, others}: Update) {
  await changeObject(db, kind.resource, {before, change: differenceOf(before, after)})
  await auditObject(db, call, {kind, activity: 'Update', before, after})
  await kind.follow?.(db, call, {before, after, others})
}

const differenceOf = (before: StoredObject, after: StoredObject): ObjectRow =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name]))

async function answerDeletion(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  await call.services.store.change(async (db) => {
    await deleteObject(db, call, {kind: toDeletable(kind), object: await requireObject(db, call, kind)})
  })
  return noContent
}

/** What a body says of an object: columns, and what has no column. */
function readColumns(call: TenantCall, {resource, others = {}}: ObjectKind): {given: ObjectRow; others: Others} {
  const body = Object.entries(readBody(call, resource.type, {...resource.properties, ...others}))
  const columns = body.filter(([name]) => !Object.hasOwn(others, name))
  const given = columns.map(([name, value]) => {
    const kind = resource.properties[name]?.kind
    const isList = kind === 'texts' || kind === 'objects'
    return [name, value == null ? (isList ? '[]' : null) : toColumn(value)]
  })
  return {
    given: Object.fromEntries(given),
    others: Object.fromEntries(body.filter(([name]) => Object.hasOwn(others, name))),
  }
}

const toColumn = (value: unknown): unknown => (typeof value === 'object' ? JSON.stringify(value) : value)
