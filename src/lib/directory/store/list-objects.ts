import {sql} from 'kysely'
import type {Filter} from '../odata/filter.ts'
import type {ObjectTableName, Resource} from '../rules/resource.ts'
import {whereObject} from './object-filter.ts'
import type {Database, Queries} from './schema.ts'

/** An object of any kind as it is stored: what all have, and its own columns. */
export type StoredObject = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly tenantId: string
  readonly createdDateTime: string
}

/** Which objects are wanted. */
export interface ObjectSet {
  readonly resource: Resource
  readonly tenantId: string
  /** Deleted ones, since this time or later; absent: those that live. */
  readonly deletedSince?: string
  readonly filter?: Filter
}

/** Which part of them, in which order. `after` is where the page before ended. */
export interface ObjectPage {
  readonly columns: readonly string[]
  readonly size: number
  readonly order: ObjectOrder
  readonly after?: readonly [key: string, id: string]
}

/** An order in which pages neither miss nor repeat anything when objects come and go meanwhile. */
export interface ObjectOrder {
  readonly by: string
  readonly descending: boolean
}

type UserColumn = keyof Database['users']

// Every table of objects has the columns that are named here; the types of one stand for all.
const wanted = (db: Queries, {resource, tenantId, deletedSince, filter}: ObjectSet) => {
  const objects = objectsOf(db, resource.table, tenantId, deletedSince !== undefined)
  const since = deletedSince === undefined ? objects : objects.where('deletedDateTime', '>', deletedSince)
  return filter === undefined ? since : since.where(whereObject(resource, filter))
}

/** Objects of a tenant: those that live, or those that are deleted and can still be restored. */
export const objectsOf = (db: Queries, table: ObjectTableName, tenantId: string, deleted = false) =>
  db
    .selectFrom(table as 'users')
    .where('tenantId', '=', tenantId)
    .where('deletedDateTime', deleted ? 'is not' : 'is', null)

/** One page of objects, each with the columns asked for and the keys of the order. */
export async function listObjects(db: Queries, set: ObjectSet, page: ObjectPage): Promise<StoredObject[]> {
  const by = page.order.by as UserColumn
  const direction = page.order.descending ? 'desc' : 'asc'
  const rows = wanted(db, set)
    .select([...new Set([...(page.columns as UserColumn[]), by, 'id' as const])])
    .orderBy(by, direction)
    .orderBy('id', direction)
    .limit(page.size)
  if (page.after === undefined) return (await rows.execute()) as unknown as StoredObject[]
  const [key, id] = page.after
  const beyond = sql.raw(page.order.descending ? '<' : '>')
  const rest = rows.where(sql<boolean>`(${sql.ref(by)}, ${sql.ref('id')}) ${beyond} (${key}, ${id})`)
  return (await rest.execute()) as unknown as StoredObject[]
}

/** How many objects a set has. */
export async function countObjects(db: Queries, set: ObjectSet): Promise<number> {
  const row = await wanted(db, set)
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The objects that have one of these ids, deleted ones among them. */
export const findObjects = async (
  db: Queries,
  table: ObjectTableName,
  ids: readonly string[],
): Promise<readonly StoredObject[]> =>
  ids.length === 0
    ? []
    : ((await db
        .selectFrom(table as 'users')
        .selectAll()
        .where('id', 'in', ids)
        .execute()) as unknown as StoredObject[])
