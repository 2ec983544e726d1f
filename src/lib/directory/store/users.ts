import type {Insertable, Selectable, Updateable} from 'kysely'
import {upnKey, upnSuffix} from '../../model/user-principal-name.ts'
import {fold} from './fold.ts'
import {insertRow} from './insert-row.ts'
import {objectsOf} from './list-objects.ts'
import {readList} from './read-list.ts'
import type {Queries, UserTable} from './schema.ts'
import {toSearchWords} from './search-words.ts'
import {writtenOnce} from './written-once.ts'

/** A user as it is stored: lists are JSON text, flags 0 or 1. */
export type StoredUser = Selectable<UserTable>
/** The columns of a user that can be changed; those that follow from others are kept in step. */
export type UserChange = Omit<
  Updateable<UserTable>,
  'upnKey' | 'upnDomain' | 'displayNameKey' | 'searchWords' | 'id' | 'tenantId'
>
/** A user to be added. */
export type NewUser = Omit<Insertable<UserTable>, 'upnKey' | 'upnDomain' | 'displayNameKey' | 'searchWords'>

/** Users of a tenant: those that live, or those that are deleted and can still be restored. */
export const usersOf = (db: Queries, tenantId: string, deleted = false) => objectsOf(db, 'users', tenantId, deleted)

/** How many users a tenant has, counted up to so many. */
export async function countUsers(db: Queries, tenantId: string, most: number): Promise<number> {
  const rows = await usersOf(db, tenantId).select('id').limit(most).execute()
  return rows.length
}

/** A user that is not deleted, by id or UPN in any case. */
export async function findUser(db: Queries, tenantId: string, identity: string): Promise<StoredUser | undefined> {
  const isName = identity.includes('@')
  const [user] = isName
    ? await userByName(db, tenantId, upnKey(identity))
    : await userById(db, tenantId, identity.toLowerCase())
  return user
}

const userByName = writtenOnce((db, tenantId: string, key: string) =>
  usersOf(db, tenantId).selectAll().where('upnKey', '=', key),
)
const userById = writtenOnce((db, tenantId: string, id: string) =>
  usersOf(db, tenantId).selectAll().where('id', '=', id),
)

/** A user that is not deleted, by an immutable id, character by character. */
export const findByImmutableId = (
  db: Queries,
  tenantId: string,
  immutableId: string,
): Promise<StoredUser | undefined> =>
  usersOf(db, tenantId).selectAll().where('onPremisesImmutableId', '=', immutableId).executeTakeFirst()

/** Adds a user and the addresses it is searched by. */
export async function addUser(db: Queries, user: NewUser): Promise<void> {
  await insertRow(db, 'users', {...user, ...keysOf(user)})
  await putAddresses(db, user)
}

/** Changes columns of one user, and what follows from them. */
export async function changeUser(db: Queries, user: StoredUser, change: UserChange): Promise<void> {
  const keys = keysOf({...user, ...withoutUndefined(change)})
  await db
    .updateTable('users')
    .set({...change, ...keys})
    .where('id', '=', user.id)
    .execute()
  if (change.proxyAddresses === undefined && change.otherMails === undefined) return
  await db.deleteFrom('userAddresses').where('userId', '=', user.id).execute()
  await putAddresses(db, {...user, ...change})
}

const withoutUndefined = (change: UserChange): Partial<StoredUser> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

const keysOf = ({userPrincipalName, displayName}: Pick<StoredUser, 'userPrincipalName' | 'displayName'>) => ({
  upnKey: upnKey(userPrincipalName),
  upnDomain: upnSuffix(userPrincipalName),
  displayNameKey: fold(displayName),
  searchWords: toSearchWords(displayName),
})

async function putAddresses(
  db: Queries,
  user: {id: string; proxyAddresses?: string | undefined; otherMails?: string | undefined},
) {
  const rows = (['proxyAddresses', 'otherMails'] as const).flatMap((property) => {
    const keys = new Set(readList(user[property] ?? '[]').map(fold))
    return [...keys].map((addressKey) => ({userId: user.id, property, addressKey, domain: domainOf(addressKey)}))
  })
  if (rows.length > 0) await db.insertInto('userAddresses').values(rows).execute()
}

const domainOf = (address: string): string | null =>
  address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : null
