import type {Access} from '../rules/access.ts'
import type {Properties} from '../rules/property.ts'
import type {OtherResource} from '../rules/resource.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {LinkProperty} from '../store/object-tables.ts'
import type {Queries} from '../store/schema.ts'
import type {AuditEntry, AuditTarget} from './audit.ts'
import type {TenantCall} from './call.ts'

/** Two states of an object; a new one has none before. */
export interface ObjectStates {
  readonly before?: StoredObject
  readonly after: StoredObject
}

/** What a body has besides the properties of the row. */
export type Others = Readonly<Record<string, unknown>>

/** What happened to an object, as the first words of the audit log's name of it. */
export type ObjectActivity = 'Add' | 'Update' | 'Delete' | 'Hard Delete' | 'Restore'

/** A kind of objects that is made, changed and deleted as all are, and what is its own. */
export interface ObjectKind {
  readonly resource: OtherResource
  readonly read: Access
  readonly write: Access
  /** What must be given of a new one. */
  readonly required: readonly string[]
  /** As the audit log names it: `Add group`, `Update group`. */
  readonly noun: string
  readonly category: AuditEntry['category']
  readonly auditType: AuditTarget['type']
  /** Links that delta queries tell of. */
  readonly links?: readonly LinkProperty[]
  /** The property by which one is found besides its id: `(appId='…')` in a path. */
  readonly key?: string
  /** Where the audit log does not say Add, Update, Delete … with the noun. */
  readonly activities?: Readonly<Partial<Record<ObjectActivity, string>>>
  /** What a body may have besides the properties of the row. */
  readonly others?: Properties
  /** Completes a new or changed object, or refuses it: within the change. */
  complete(db: Queries, call: TenantCall, states: ObjectStates): Promise<StoredObject>
  /** What follows from a new or changed object, within the change; what it gives is shown in the answer to a creation. */
  follow?(db: Queries, call: TenantCall, states: ObjectStates & {readonly others: Others}): Promise<object | undefined>
  /** Refuses who may not delete, restore or remove this one: within the change. */
  guard?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
  /** Refuses to delete one, or does what must come first: within the change. */
  beforeDeletion?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
  /** Refuses to restore a deleted one that cannot be as it was: within the change. Absent of what is never restored. */
  beforeRestoration?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
}
