import type {Insertable, Selectable} from 'kysely'
import type {Queries, SessionTable} from './schema.ts'

/** Adds a session, and forgets those that have ended. */
export async function addSession(db: Queries, session: Insertable<SessionTable>): Promise<void> {
  await db.deleteFrom('sessions').where('expiresDateTime', '<=', session.createdDateTime).execute()
  await db.insertInto('sessions').values(session).execute()
}

/** Ends every session of a user, and takes back what the user let applications do. */
export async function removeSessionsOf(db: Queries, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('userId', '=', userId).execute()
  await db.deleteFrom('oauthGrants').where('userId', '=', userId).execute()
}

/** A session by the hash of its secret, unless it has ended. */
export const findSession = (
  db: Queries,
  secretHash: string,
  now: Date,
): Promise<Selectable<SessionTable> | undefined> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('secretHash', '=', secretHash)
    .where('expiresDateTime', '>', now.toISOString())
    .executeTakeFirst()

/** Ends a session by the hash of its secret. */
export const removeSessionBy = (db: Queries, secretHash: string): Promise<unknown> =>
  db.deleteFrom('sessions').where('secretHash', '=', secretHash).execute()

/** Ends a session of a tenant; false when the tenant has none by this id. */
export async function removeSession(db: Queries, tenantId: string, id: string): Promise<boolean> {
  const {numDeletedRows} = await db
    .deleteFrom('sessions')
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
