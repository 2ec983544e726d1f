import {missingValue, notFound} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {addObject, changeObject, findObject, type ObjectRow} from '../store/objects.ts'
import type {Queries} from '../store/schema.ts'
import {audit, changesBetween} from './audit.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {deltaRoute} from './delta.ts'
import {answerObjectCount, answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import type {ObjectKind, ObjectStates} from './object-kind.ts'
import {readBody} from './read-body.ts'
import {readShown, toGraphObject} from './to-graph-object.ts'

/** The routes that every kind of objects has: list, count, one, make, change, delete. */
export function objectRoutes(kind: ObjectKind): readonly TenantRoute[] {
  const {resource, read, write} = kind
  const path = `/${resource.table}`
  const all = (call: TenantCall) => ({resource, tenantId: call.tenant.id})
  return [
    {method: 'GET', path, needs: read, run: (call) => answerObjectList(call, all(call))},
    deltaRoute({resource, needs: read, auditType: kind.auditType}),
    {method: 'GET', path: `${path}/$count`, needs: read, run: (call) => answerObjectCount(call, resource)},
    {method: 'POST', path, needs: write, run: (call) => answerCreation(call, kind)},
    {method: 'GET', path: `${path}/:object`, needs: read, run: (call) => answerOne(call, kind)},
    {method: 'PATCH', path: `${path}/:object`, needs: write, run: (call) => answerChange(call, kind)},
    {method: 'DELETE', path: `${path}/:object`, needs: write, run: (call) => answerDeletion(call, kind)},
  ]
}

/** The object of a kind that the path names. */
export async function requireObject(db: Queries, call: TenantCall, kind: ObjectKind): Promise<StoredObject> {
  const value = parameter(call, 'object').toLowerCase()
  const object = await findObject(db, kind.resource, {tenantId: call.tenant.id, value})
  if (object === undefined) throw notFound(value)
  return object
}

/** An object as the answer to a request for one. */
export function answerObject(call: TenantCall, {resource}: ObjectKind, object: StoredObject): Answer {
  refuseOthers(call, ['$select'])
  const shown = readShown(resource, readSelect(call))
  return ok({'@odata.context': context(call, `${resource.table}/$entity`), ...toGraphObject(resource, object, shown)})
}

/** Writes down what happened to an object. An update without any change is not written. */
export async function auditObject(
  db: Queries,
  call: TenantCall,
  {kind, activity, before, after}: ObjectStates & {readonly kind: ObjectKind; readonly activity: ObjectActivity},
): Promise<void> {
  const {category, auditType: type, noun, resource} = kind
  const changes = changesBetween(before, after, resource.properties)
  if (activity === 'Update' && changes.length === 0) return
  const target = {type, id: after.id, displayName: String(after['displayName'])}
  const operation = operations[activity]
  await audit(db, call, {activity: `${activity} ${noun}`, category, operation, targets: [target], changes})
}

const operations = {Add: 'Add', Update: 'Update', Delete: 'Delete', 'Hard Delete': 'Delete', Restore: 'Update'} as const

/** What happened to an object, as the first words of the audit log's name of it. */
export type ObjectActivity = keyof typeof operations

async function answerOne(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  return answerObject(call, kind, await call.services.store.read((db) => requireObject(db, call, kind)))
}

async function answerCreation(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {resource} = kind
  const given = readColumns(call, kind)
  for (const name of kind.required) if (given[name] == null) throw missingValue(name, resource.type)
  const {services, tenant} = call
  const own = {id: services.newId(), tenantId: tenant.id, createdDateTime: timestamp(services.now())}
  const object = await services.store.change(async (db) => {
    const after = await kind.complete(db, call, {after: {...empty(kind), ...given, ...own}})
    await addObject(db, resource, after)
    await auditObject(db, call, {kind, activity: 'Add', after})
    return after
  })
  const shown = readShown(resource, undefined)
  const graph = toGraphObject(resource, object, shown)
  return created({'@odata.context': context(call, `${resource.table}/$entity`), ...graph})
}

const empty = ({resource}: ObjectKind): ObjectRow =>
  Object.fromEntries(
    Object.entries(resource.properties).map(([name, {kind}]) => [
      name,
      kind === 'texts' || kind === 'objects' ? '[]' : null,
    ]),
  )

async function answerChange(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const given = readColumns(call, kind)
  await call.services.store.change(async (db) => {
    const before = await requireObject(db, call, kind)
    const after = await kind.complete(db, call, {before, after: {...before, ...given}})
    await changeObject(db, kind.resource, {before, change: differenceOf(before, after)})
    await auditObject(db, call, {kind, activity: 'Update', before, after})
  })
  return noContent
}

const differenceOf = (before: StoredObject, after: StoredObject): ObjectRow =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name]))

/** A deleted object waits among the deleted items. */
async function answerDeletion(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {services} = call
  await services.store.change(async (db) => {
    const before = await requireObject(db, call, kind)
    await kind.beforeDeletion?.(db, call, before)
    const change = {deletedDateTime: timestamp(services.now())}
    await changeObject(db, kind.resource, {before, change})
    await auditObject(db, call, {kind, activity: 'Delete', before, after: {...before, ...change}})
  })
  return noContent
}

/** What a body says of an object, as columns. */
function readColumns(call: TenantCall, {resource}: ObjectKind): ObjectRow {
  const body = readBody(call, resource.type, resource.properties)
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const kind = resource.properties[name]?.kind
      const isList = kind === 'texts' || kind === 'objects'
      return [name, value == null ? (isList ? '[]' : null) : toColumn(value)]
    }),
  )
}

const toColumn = (value: unknown): unknown => (typeof value === 'object' ? JSON.stringify(value) : value)
