import {sql} from 'kysely'
import type {Filter} from '../odata/filter.ts'
import type {Queries, UserTable} from './schema.ts'
import {whereUser} from './user-filter.ts'
import {type StoredUser, usersOf} from './users.ts'

/** Which users are wanted. */
export interface UserSet {
  readonly tenantId: string
  /** Deleted ones, since this time or later; absent: those that live. */
  readonly deletedSince?: string
  readonly filter?: Filter
}

/** Which part of them, in which order. `after` is where the page before ended. */
export interface UserPage {
  readonly columns: readonly (keyof UserTable)[]
  readonly size: number
  readonly order: UserOrder
  readonly after?: readonly [key: string, id: string]
}

/** An order in which pages neither miss nor repeat anybody when users come and go meanwhile. */
export interface UserOrder {
  readonly by: 'createdDateTime' | 'displayNameKey' | 'upnKey'
  readonly descending: boolean
}

const wanted = (db: Queries, {tenantId, deletedSince, filter}: UserSet) => {
  const users = usersOf(db, tenantId, deletedSince !== undefined)
  const since = deletedSince === undefined ? users : users.where('deletedDateTime', '>', deletedSince)
  return filter === undefined ? since : since.where(whereUser(filter))
}

/** One page of users, each with the columns asked for and the keys of the order. */
export async function listUsers(db: Queries, set: UserSet, page: UserPage): Promise<StoredUser[]> {
  const {by, descending} = page.order
  const direction = descending ? 'desc' : 'asc'
  const rows = wanted(db, set)
    .select([...new Set([...page.columns, by, 'id' as const])])
    .orderBy(by, direction)
    .orderBy('id', direction)
    .limit(page.size)
  if (page.after === undefined) return (await rows.execute()) as StoredUser[]
  const [key, id] = page.after
  const beyond = sql.raw(descending ? '<' : '>')
  const rest = rows.where(sql<boolean>`(${sql.ref(by)}, ${sql.ref('id')}) ${beyond} (${key}, ${id})`)
  return (await rest.execute()) as StoredUser[]
}

/** How many users a set has. */
export async function countUsers(db: Queries, set: UserSet): Promise<number> {
  const row = await wanted(db, set)
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
