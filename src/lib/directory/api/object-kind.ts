import type {Access} from '../rules/access.ts'
import type {OtherResource} from '../rules/resource.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import type {AuditEntry, AuditTarget} from './audit.ts'
import type {TenantCall} from './call.ts'

/** Two states of an object; a new one has none before. */
export interface ObjectStates {
  readonly before?: StoredObject
  readonly after: StoredObject
}

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
  /** Completes a new or changed object, or refuses it: within the change. */
  complete(db: Queries, call: TenantCall, states: ObjectStates): Promise<StoredObject>
  /** Refuses to delete one, or does what must come first: within the change. */
  beforeDeletion?(db: Queries, call: TenantCall, object: StoredObject): Promise<void>
}
