import type {Insertable} from 'kysely'
import type {Queries, SessionTable} from './schema.ts'

/** Adds a session, and forgets those that have ended. */
export async function addSession(db: Queries, session: Insertable<SessionTable>): Promise<void> {
  await db.deleteFrom('sessions').where('expiresDateTime', '<=', session.createdDateTime).execute()
  await db.insertInto('sessions').values(session).execute()
}

/** Ends every session of a user. */
export const removeSessionsOf = (db: Queries, userId: string): Promise<unknown> =>
  db.deleteFrom('sessions').where('userId', '=', userId).execute()

/** Ends a session of a tenant; false when the tenant has none by this id. */
export async function removeSession(db: Queries, tenantId: string, id: string): Promise<boolean> {
  const {numDeletedRows} = await db
    .deleteFrom('sessions')
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
