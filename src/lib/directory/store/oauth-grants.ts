import type {Insertable, Selectable} from 'kysely'
import type {OAuthCodeTable, OAuthGrantTable} from './oauth-tables.ts'
import type {Queries} from './schema.ts'
import {writtenOnce} from './written-once.ts'

/** What a user lets an application do, as it is stored. */
export type StoredGrant = Selectable<OAuthGrantTable>
/** A code or a refresh token, as it is stored. */
export type StoredCode = Selectable<OAuthCodeTable>

/** Adds a grant, and forgets those that have ended. */
export async function addGrant(db: Queries, grant: Insertable<OAuthGrantTable>, now: Date): Promise<void> {
  await db.deleteFrom('oauthGrants').where('expiresDateTime', '<=', now.toISOString()).execute()
  await db.insertInto('oauthGrants').values(grant).execute()
}

/** A grant that was not taken back. */
export const findGrant = async (db: Queries, id: string): Promise<StoredGrant | undefined> => (await grantOf(db, id))[0]

const grantOf = writtenOnce((db, id: string) => db.selectFrom('oauthGrants').selectAll().where('id', '=', id))

/** Lets a grant last until a later time; it never gets shorter. */
export const prolongGrant = (db: Queries, id: string, expiresDateTime: string): Promise<unknown> =>
  db
    .updateTable('oauthGrants')
    .set({expiresDateTime})
    .where('id', '=', id)
    .where('expiresDateTime', '<', expiresDateTime)
    .execute()

/** Takes a grant back, and with it every code and token. */
export const removeGrant = (db: Queries, id: string): Promise<unknown> =>
  db.deleteFrom('oauthGrants').where('id', '=', id).execute()

/** Keeps a code or a refresh token of a grant. */
export const addCode = (db: Queries, code: Insertable<OAuthCodeTable>): Promise<unknown> =>
  db.insertInto('oauthCodes').values(code).execute()

/** A code or a refresh token, used or not. */
export const findCode = (db: Queries, kind: StoredCode['kind'], codeHash: string): Promise<StoredCode | undefined> =>
  db.selectFrom('oauthCodes').selectAll().where('codeHash', '=', codeHash).where('kind', '=', kind).executeTakeFirst()

/** Uses a code up. */
export const useCode = (db: Queries, codeHash: string): Promise<unknown> =>
  db.updateTable('oauthCodes').set({isUsed: true}).where('codeHash', '=', codeHash).execute()
