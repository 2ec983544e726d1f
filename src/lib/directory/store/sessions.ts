import type {Insertable} from 'kysely'
import type {Queries, SessionTable} from './schema.ts'

/** Adds a session, and forgets those that have ended. */
export async function addSession(db: Queries, session: Insertable<SessionTable>): Promise<void> {
  await db.deleteFrom('sessions').where('expiresDateTime', '<=', session.createdDateTime).execute()
  await db.insertInto('sessions').values(session).execute()
}
