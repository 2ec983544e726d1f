import type {Insertable, Selectable, Updateable} from 'kysely'
import type {SigningKeyTable} from './oauth-tables.ts'
import type {Queries} from './schema.ts'
import {writtenOnce} from './written-once.ts'

/** A key that signs tokens, as it is stored. */
export type StoredSigningKey = Selectable<SigningKeyTable>

/** The keys that are published at a time, the newest first. */
export const listSigningKeys = (db: Queries, now: Date): Promise<StoredSigningKey[]> =>
  db
    .selectFrom('signingKeys')
    .selectAll()
    .where('publishedUntilDateTime', '>', now.toISOString())
    .orderBy('signsFromDateTime', 'desc')
    .orderBy('kid')
    .execute()

/** A key that is published at a time. */
export const findSigningKey = async (db: Queries, kid: string, now: Date): Promise<StoredSigningKey | undefined> =>
  (await keyOf(db, kid, now.toISOString()))[0]

const keyOf = writtenOnce((db, kid: string, time: string) =>
  db.selectFrom('signingKeys').selectAll().where('kid', '=', kid).where('publishedUntilDateTime', '>', time),
)

/** Publishes a key, and forgets those that are published no more. */
export async function addSigningKey(db: Queries, key: Insertable<SigningKeyTable>): Promise<void> {
  await db.deleteFrom('signingKeys').where('publishedUntilDateTime', '<=', key.createdDateTime).execute()
  await db.insertInto('signingKeys').values(key).execute()
}

/** Changes when a key signs and is published. */
export const changeSigningKey = (db: Queries, kid: string, change: Updateable<SigningKeyTable>): Promise<unknown> =>
  db.updateTable('signingKeys').set(change).where('kid', '=', kid).execute()

/** Forgets a key: what it has signed counts no more. */
export const removeSigningKey = (db: Queries, kid: string): Promise<unknown> =>
  db.deleteFrom('signingKeys').where('kid', '=', kid).execute()
