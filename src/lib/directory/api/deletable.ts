import type {Access} from '../rules/access.ts'
import {badRequest} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import {timestamp} from '../rules/timestamp.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {changeObject, type ObjectRow, removeDeletedBefore, removeObject} from '../store/objects.ts'
import type {Queries} from '../store/schema.ts'
import {auditObject} from './audit-objects.ts'
import type {TenantCall} from './call.ts'
import {keepAdministrators} from './last-administrator.ts'
import type {ObjectActivity, ObjectKind} from './object-kind.ts'

/** What is written down of an object that is deleted, restored or removed for good. */
export interface Deletion {
  readonly activity: Extract<ObjectActivity, 'Delete' | 'Hard Delete' | 'Restore'>
  readonly before: StoredObject
  readonly after: StoredObject
}

/** A kind of objects that wait among the deleted items before they are gone. */
export interface Deletable {
  readonly resource: Resource
  readonly read: Access
  readonly write: Access
  change(db: Queries, object: StoredObject, change: ObjectRow): Promise<void>
  audit(db: Queries, call: TenantCall, deletion: Deletion): Promise<void>
  /** Refuses who may not delete, restore or remove this one: within the change. */
  guard?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
  /** Refuses to delete one, or does what must come first. */
  beforeDeletion?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
  /** What changes of one that is restored, as the request wants it; refuses what cannot come back. */
  planRestoration(db: Queries, call: TenantCall, object: StoredObject): Promise<ObjectRow>
}

/** A kind of objects as its deletion sees it. */
export const toDeletable = (kind: ObjectKind): Deletable => ({
  resource: kind.resource,
  read: kind.read,
  write: kind.write,
  change: (db, before, change) => changeObject(db, kind.resource, {before, change}),
  audit: (db, call, deletion) => auditObject(db, call, {kind, ...deletion}),
  guard: async (db, call, object) => kind.guard?.(db, call, object),
  beforeDeletion: async (db, call, object) => kind.beforeDeletion?.(db, call, object),
  async planRestoration(db, call, object) {
    if (kind.beforeRestoration === undefined)
      throw badRequest(`An object of the type '${kind.resource.type}' cannot be restored.`)
    await kind.beforeRestoration(db, call, object)
    return {}
  },
})

interface Deleting {
  readonly kind: Deletable
  readonly object: StoredObject
}

const keptDays = 30

/** What was deleted at this time or before is gone. */
export const keptSince = ({services}: TenantCall): string =>
  timestamp(new Date(services.now().getTime() - keptDays * 86_400_000))

/** Deletes an object, which waits among the deleted items from now on. Its links stay, and count again when it is restored. */
export async function deleteObject(db: Queries, call: TenantCall, {kind, object}: Deleting): Promise<void> {
  const {id: tenantId} = call.tenant
  await kind.guard?.(db, call, object)
  await kind.beforeDeletion?.(db, call, object)
  const change = {deletedDateTime: timestamp(call.services.now())}
  await keepAdministrators(db, tenantId, () => kind.change(db, object, change))
  await kind.audit(db, call, {activity: 'Delete', before: object, after: {...object, ...change}})
  await removeDeletedBefore(db, kind.resource.table, {tenantId, time: keptSince(call)})
}

/** Restores a deleted object, and gives it. */
export async function restoreObject(db: Queries, call: TenantCall, {kind, object}: Deleting): Promise<StoredObject> {
  await kind.guard?.(db, call, object)
  const change = {...(await kind.planRestoration(db, call, object)), deletedDateTime: null}
  await kind.change(db, object, change)
  const after = {...object, ...change}
  await kind.audit(db, call, {activity: 'Restore', before: object, after})
  return after
}

/** Removes a deleted object for good. */
export async function removeDeleted(db: Queries, call: TenantCall, {kind, object}: Deleting): Promise<void> {
  await kind.guard?.(db, call, object)
  await removeObject(db, kind.resource.table, object.id)
  await kind.audit(db, call, {activity: 'Hard Delete', before: object, after: object})
}
