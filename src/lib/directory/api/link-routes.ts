import type {Access} from '../rules/access.ts'
import {directoryResources} from '../rules/directory-object-properties.ts'
import {badRequest, GraphFailure, notFound} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import {findAnyObject, type Kinded} from '../store/find-any-object.ts'
import {addLink, hasLink, removeLink} from '../store/links.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {LinkProperty} from '../store/object-tables.ts'
import type {Queries} from '../store/schema.ts'
import {type AuditEntry, audit} from './audit.ts'
import {auditTarget} from './audit-target.ts'
import {type Answer, noContent, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {keepAdministrators} from './last-administrator.ts'
import {readJson} from './read-body.ts'
import {relationRoutes} from './relation-routes.ts'
import {decodePart} from './route-table.ts'

/** How objects of one kind are linked to others: members of groups, owners of devices. */
export interface LinkKind {
  readonly owner: Resource
  /** Up to the property: `/groups/:object`. */
  readonly path: string
  readonly property: LinkProperty
  /** The kinds that can be linked. */
  readonly targets: readonly Resource[]
  readonly read: Access
  readonly write: Access
  readonly category: AuditEntry['category']
  /** As the audit log names it: `Add member to group`, `Remove member from group`. */
  readonly activities: {readonly add: string; readonly remove: string}
  /** The object that the path names; throws when there is none. */
  find(db: Queries, call: TenantCall): Promise<StoredObject>
  /** Refuses what cannot be linked to an object: within the change. */
  checkAddition?(db: Queries, call: TenantCall, link: Linking): Promise<void>
  /** Refuses to let one go: within the change. */
  checkRemoval?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
}

/** An object, and another that belongs to it or shall. */
export interface Linking {
  readonly object: StoredObject
  readonly target: Kinded
}

/** The routes by which linked objects are listed, added by reference and taken away. */
export function linkRoutes(kind: LinkKind): readonly TenantRoute[] {
  const {path: start, property, read, write, find, targets: resources} = kind
  const path = `${start}/${property}`
  return [
    ...relationRoutes({path, needs: read, resources, link: {property}, find}),
    {method: 'POST', path: `${path}/$ref`, needs: write, run: (call) => answerAddition(call, kind)},
    {method: 'DELETE', path: `${path}/:target/$ref`, needs: write, run: (call) => answerRemoval(call, kind)},
  ]
}

async function answerAddition(call: TenantCall, kind: LinkKind): Promise<Answer> {
  const reference = (readJson(call.request.body ?? '') as {'@odata.id'?: unknown})['@odata.id']
  await call.services.store.change(async (db) => {
    const object = await kind.find(db, call)
    await addTarget(db, call, {kind, object, reference})
  })
  return noContent
}

/** An object, how it shall be linked, and the address of what it shall be linked to. */
export interface Addition {
  readonly kind: LinkKind
  readonly object: StoredObject
  readonly reference: unknown
}

/** Links an object to another that a reference names; refuses what Graph would refuse. */
export async function addTarget(db: Queries, call: TenantCall, {kind, object, reference}: Addition): Promise<void> {
  const target = await requireReferenced(db, call, reference)
  const {property, targets} = kind
  if (!targets.includes(target.resource))
    throw badRequest(`An invalid operation was included in the following modified references: '${property}'.`)
  const link = {objectId: object.id, property, targetId: target.object.id}
  if (await hasLink(db, link)) throw alreadyThere(property)
  await kind.checkAddition?.(db, call, {object, target})
  await addLink(db, {...link, tenantId: call.tenant.id, targetType: target.resource.type})
  await auditLink(db, call, {kind, object, target, isAdded: true})
}

/** The object that the address in a body names; `reference` is what was given as @odata.id. */
export const requireReferenced = (db: Queries, call: TenantCall, reference: unknown): Promise<Kinded> =>
  requireTarget(db, call, readReference(reference))

const sets = new Set<string>(['directoryObjects', ...directoryResources.map(({table}) => table)])

/** The key that ends the address of an object, whatever the host and whichever kind is named. */
function readReference(reference: unknown): string {
  const match = typeof reference === 'string' ? /\/(\w+)(?:\/|\(')([^/?()]+?)(?:'\))?$/.exec(reference) : null
  if (match?.[2] === undefined || !sets.has(match[1] ?? ''))
    throw badRequest('The body must name an object: {"@odata.id": "…/directoryObjects/{id}"}.')
  return decodePart(match[2])
}

async function answerRemoval(call: TenantCall, kind: LinkKind): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const object = await kind.find(db, call)
    const target = await requireTarget(db, call, parameter(call, 'target'))
    const link = {objectId: object.id, property: kind.property, targetId: target.object.id}
    if (!(await hasLink(db, link))) throw notFound(target.object.id)
    await kind.checkRemoval?.(db, call, object)
    await keepAdministrators(db, call.tenant.id, () => removeLink(db, link))
    await auditLink(db, call, {kind, object, target, isAdded: false})
  })
  return noContent
}

async function requireTarget(db: Queries, {tenant}: TenantCall, id: string): Promise<Kinded> {
  const target = await findAnyObject(db, directoryResources, {tenantId: tenant.id, id})
  if (target === undefined) throw notFound(id)
  return target
}

/** Writes down that something was added or taken away: told of that, seen by delta queries at what it belongs to. */
async function auditLink(
  db: Queries,
  call: TenantCall,
  {kind, object, target, isAdded}: Linking & {readonly kind: LinkKind; readonly isAdded: boolean},
): Promise<void> {
  const {owner, property, category, activities} = kind
  const belonging = auditTarget(owner, object)
  const names = {ObjectID: object.id, DisplayName: object['displayName']}
  const changes = Object.entries(names).map(([name, value]) => ({
    property: `${belonging.type}.${name}`,
    before: isAdded ? undefined : value,
    after: isAdded ? value : undefined,
  }))
  await audit(db, call, {
    activity: isAdded ? activities.add : activities.remove,
    category,
    operation: isAdded ? 'Assign' : 'Unassign',
    targets: [auditTarget(target.resource, target.object), belonging],
    object: belonging,
    changes,
    changed: [property],
  })
}

const alreadyThere = (property: string): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    `One or more added object references already exist for the following modified properties: '${property}'.`,
    [{code: 'ObjectConflict', target: property}],
  )
