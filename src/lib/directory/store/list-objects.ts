import {type AliasableExpression, type Expression, sql} from 'kysely'
import type {Filter} from '../odata/filter.ts'
import {findProperty, type ObjectTableName, type Resource} from '../rules/resource.ts'
import {type Linked, linkedIds} from './links.ts'
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
  /** Only those that a link leads to. */
  readonly linked?: Linked
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
  /** A property, by Graph's name. */
  readonly by: string
  readonly descending: boolean
  /** What is found by an index is sorted then. */
  readonly sorts?: true
}

type UserColumn = keyof Database['users']

// Every table of objects has the columns that are named here; the types of one stand for all.
const wanted = (db: Queries, {resource, tenantId, deletedSince, filter, linked}: ObjectSet) => {
  let objects = objectsOf(db, resource.table, tenantId, deletedSince !== undefined)
  if (deletedSince !== undefined) objects = objects.where('deletedDateTime', '>', deletedSince)
  if (linked !== undefined) objects = objects.where('id', 'in', linkedIds(db, linked))
  return filter === undefined ? objects : objects.where(whereObject(resource, filter))
}

/** Objects of a tenant: those that live, or those that are deleted and can still be restored. */
export const objectsOf = (db: Queries, table: ObjectTableName, tenantId: string, deleted = false) =>
  db
    .selectFrom(table as 'users')
    .where('tenantId', '=', tenantId)
    .where('deletedDateTime', deleted ? 'is not' : 'is', null)

/** One page of objects, each with the columns asked for and the key of the order: `sortKey`. */
export async function listObjects(db: Queries, set: ObjectSet, page: ObjectPage): Promise<StoredObject[]> {
  const direction = page.order.descending ? 'desc' : 'asc'
  const by = sortKey(set.resource, page.order)
  const rows = following(wanted(db, set), {...page, by})
    .select([...new Set([...(page.columns as UserColumn[]), 'createdDateTime' as const, 'id' as const])])
    .select(by.as('sortKey'))
    .orderBy(by, direction)
    .orderBy('id', direction)
    .limit(page.size)
  return (await rows.execute()) as unknown as StoredObject[]
}

/** Where an object stands in a list of several kinds. */
interface Place {
  readonly table: ObjectTableName
  readonly id: string
}

/** As listObjects, of several kinds in one order: where each object stands. Every kind must have the column of the order. */
export async function listPlaces(
  db: Queries,
  sets: readonly ObjectSet[],
  page: Omit<ObjectPage, 'columns'>,
): Promise<(Place & {readonly key: string})[]> {
  const direction = page.order.descending ? 'desc' : 'asc'
  const [first, ...others] = sets.map((set) =>
    following(wanted(db, set), {...page, by: sortKey(set.resource, page.order)}).select([
      sql.lit(set.resource.table).as('table'),
      'id',
      sortKey(set.resource, page.order).as('key'),
    ]),
  )
  if (first === undefined) return []
  const all = others.reduce((union, next) => union.unionAll(next), first)
  return all.orderBy('key', direction).orderBy('id', direction).limit(page.size).execute()
}

/** What a property is sorted by: what an object does not have comes first, and has a place to go on from. */
function sortKey(resource: Resource, {by, sorts}: ObjectOrder): AliasableExpression<string> {
  const {key, kind, hasIndex} = findProperty(resource, by) ?? {}
  if (hasIndex && kind === 'text') return sql<string>`fold(${sql.ref(by)})`
  const column = key ?? by
  const isThere = key !== undefined || by === 'createdDateTime' || by === 'id'
  return isThere && !sorts ? sql.ref<string>(column) : sql<string>`coalesce(${sql.ref(column)}, '')`
}

interface Following extends Omit<ObjectPage, 'columns'> {
  readonly by: Expression<string>
}

/** The rest of a list after where a page ended. */
function following(rows: ReturnType<typeof objectsOf>, {order, after, by}: Following) {
  if (after === undefined) return rows
  const beyond = sql.raw(order.descending ? '<' : '>')
  return rows.where(sql<boolean>`(${by}, ${sql.ref('id')}) ${beyond} (${after[0]}, ${after[1]})`)
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
