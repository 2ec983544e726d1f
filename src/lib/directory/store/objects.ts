import {findProperty, type ObjectTableName, type OtherResource, type Resource} from '../rules/resource.ts'
import {fold} from './fold.ts'
import {objectsOf, type StoredObject} from './list-objects.ts'
import {readList} from './read-list.ts'
import type {Database, Queries} from './schema.ts'
import {toSearchWords} from './search-words.ts'

/** An object to be added, or what changes of one: columns by Graph's names, lists and objects as JSON text. */
export type ObjectRow = Readonly<Record<string, unknown>>

// The types of one table stand for all: each has the columns that are named here.
const tableOf = ({table}: OtherResource) => table as 'groups'

/** An object that is not deleted, by its id or another column that is unique. */
export const findObject = async (
  db: Queries,
  resource: OtherResource,
  {tenantId, by = 'id', value}: {readonly tenantId: string; readonly by?: string; readonly value: string},
): Promise<StoredObject | undefined> =>
  (await objectsOf(db, resource.table, tenantId)
    .selectAll()
    .where(by as 'id', '=', value)
    .executeTakeFirst()) as StoredObject | undefined

/** Adds an object and the values it is searched by. */
export async function addObject(db: Queries, resource: OtherResource, object: StoredObject): Promise<void> {
  const row = {...object, ...keysOf(resource, object)}
  await db
    .insertInto(tableOf(resource))
    .values(row as never)
    .execute()
  await putValues(db, resource, object)
}

/** Changes columns of one object, and what follows from them. */
export async function changeObject(
  db: Queries,
  resource: OtherResource,
  {before, change}: {readonly before: StoredObject; readonly change: ObjectRow},
): Promise<void> {
  if (Object.keys(change).length === 0) return
  await db
    .updateTable(tableOf(resource))
    .set({...change, ...keysOf(resource, {...before, ...change})} as never)
    .where('id', '=', before.id)
    .execute()
  if (!Object.keys(change).some((property) => isSearchedList(resource, property))) return
  await db.deleteFrom('objectValues').where('objectId', '=', before.id).execute()
  await putValues(db, resource, {...before, ...change})
}

/** The columns that follow from others. */
function keysOf({hasDescription}: OtherResource, {displayName, description}: ObjectRow): ObjectRow {
  const described = hasDescription && typeof description === 'string' ? description : null
  return {displayNameKey: fold(String(displayName)), searchWords: toSearchWords(String(displayName), described)}
}

const isSearchedList = (resource: Resource, property: string): boolean => {
  const rule = findProperty(resource, property)
  return rule?.kind === 'texts' && rule.eq !== undefined
}

async function putValues(db: Queries, resource: Resource, object: StoredObject): Promise<void> {
  const {id: objectId, tenantId} = object
  const rows = Object.keys(resource.properties)
    .filter((property) => isSearchedList(resource, property))
    .flatMap((property) => {
      const keys = new Set(readList(String(object[property] ?? '[]')).map(fold))
      return [...keys].map((valueKey) => ({tenantId, objectId, property, valueKey}))
    })
  if (rows.length > 0) await db.insertInto('objectValues').values(rows).execute()
}

/** Removes an object for good, with what is kept of it elsewhere: values, links, credentials, grants. */
export async function removeObject(db: Queries, table: ObjectTableName, id: string): Promise<void> {
  await db
    .deleteFrom(table as 'users')
    .where('id', '=', id)
    .execute()
  for (const [of, column] of references)
    await db
      .deleteFrom(of as 'objectLinks')
      .where(column as 'targetId', '=', id)
      .execute()
}

const references = [
  ['objectValues', 'objectId'],
  ['objectLinks', 'objectId'],
  ['objectLinks', 'targetId'],
  ['applicationSecrets', 'ownerId'],
  ['applicationKeys', 'ownerId'],
  ['appRoleAssignments', 'principalId'],
  ['appRoleAssignments', 'resourceId'],
  ['permissionGrants', 'clientId'],
  ['permissionGrants', 'principalId'],
  ['permissionGrants', 'resourceId'],
] as const satisfies readonly (readonly [keyof Database, string])[]

/** Removes for good a few of those that were deleted at a time or before, oldest first. */
export async function removeDeletedBefore(
  db: Queries,
  table: ObjectTableName,
  {tenantId, time}: {readonly tenantId: string; readonly time: string},
): Promise<void> {
  const few = objectsOf(db, table, tenantId, true).select('id').where('deletedDateTime', '<=', time)
  for (const {id} of await few.orderBy('deletedDateTime').limit(20).execute()) await removeObject(db, table, id)
}
