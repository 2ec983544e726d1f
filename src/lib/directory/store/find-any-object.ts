import type {Resource} from '../rules/resource.ts'
import {objectsOf, type StoredObject} from './list-objects.ts'
import type {Queries} from './schema.ts'
import {findUser} from './users.ts'

/** An object and its kind. */
export interface Kinded {
  readonly resource: Resource
  readonly object: StoredObject
}

/** Which object is wanted. */
export interface Sought {
  readonly tenantId: string
  readonly id: string
  /** A deleted one, since this time or later; absent: one that lives. */
  readonly deletedSince?: string
}

/** An object of whichever of these kinds has the id; a living user by UPN as well. */
export async function findAnyObject(
  db: Queries,
  resources: readonly Resource[],
  {tenantId, id, deletedSince}: Sought,
): Promise<Kinded | undefined> {
  for (const resource of resources) {
    if (resource.table === 'users' && id.includes('@') && deletedSince === undefined) {
      const user = await findUser(db, tenantId, id)
      return user === undefined ? undefined : {resource, object: user as unknown as StoredObject}
    }
    const rows = objectsOf(db, resource.table, tenantId, deletedSince !== undefined).selectAll()
    const since = deletedSince === undefined ? rows : rows.where('deletedDateTime', '>', deletedSince)
    const object = await since.where('id', '=', id.toLowerCase()).executeTakeFirst()
    if (object !== undefined) return {resource, object: object as unknown as StoredObject}
  }
  return undefined
}
