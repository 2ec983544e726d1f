import {servicePrincipalResource} from '../rules/application-properties.ts'
import {userResource} from '../rules/user-properties.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import type {TenantCall} from './call.ts'
import {addTarget, type LinkKind} from './link-routes.ts'
import type {ObjectKind} from './object-kind.ts'
import {requireObject} from './object-routes.ts'

/** The owners of applications, or of service principals. */
export const ownersOf = (kind: ObjectKind): LinkKind => ({
  owner: kind.resource,
  path: `/${kind.resource.table}/:object`,
  property: 'owners',
  targets: [userResource, servicePrincipalResource],
  read: kind.read,
  write: kind.write,
  category: kind.category,
  activities: {add: `Add owner to ${kind.noun}`, remove: `Remove owner from ${kind.noun}`},
  find: (db, call) => requireObject(db, call, kind),
})

/** Makes the user who made an object its owner; an application that did it by itself does not become one. */
export async function addMaker(
  db: Queries,
  call: TenantCall,
  {kind, object}: {readonly kind: ObjectKind; readonly object: StoredObject},
): Promise<void> {
  const {caller} = call
  if (caller.kind !== 'user') return
  await addTarget(db, call, {kind: ownersOf(kind), object, reference: `/directoryObjects/${caller.accountId}`})
}
