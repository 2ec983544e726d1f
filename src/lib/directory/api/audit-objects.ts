import type {Queries} from '../store/schema.ts'
import {audit, changesBetween} from './audit.ts'
import type {TenantCall} from './call.ts'
import type {ObjectActivity, ObjectKind, ObjectStates} from './object-kind.ts'

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
  const name = kind.activities?.[activity] ?? `${activity} ${noun}`
  await audit(db, call, {activity: name, category, operation, targets: [target], changes})
}

const operations = {Add: 'Add', Update: 'Update', Delete: 'Delete', 'Hard Delete': 'Delete', Restore: 'Update'} as const
