import type {Insertable, Selectable} from 'kysely'
import type {SignInTable} from './log-tables.ts'
import type {Queries} from './schema.ts'

/** Somebody came or was refused, as it is stored. */
export type StoredSignIn = Selectable<SignInTable>

const dayMilliseconds = 24 * 3600_000
/** As long as the service keeps them. */
const keptDays = 30
// Anybody can be refused as often as there is time for: that must not fill the disk.
const mostRefused = 50_000

/** Writes down that somebody came or was refused, and forgets what is too old. */
export async function addSignIn(db: Queries, signIn: Insertable<SignInTable>): Promise<void> {
  const {sequence} = await db.insertInto('signIns').values(signIn).returning('sequence').executeTakeFirstOrThrow()
  const oldest = new Date(Date.parse(signIn.createdDateTime) - keptDays * dayMilliseconds).toISOString()
  await db.deleteFrom('signIns').where('createdDateTime', '<', oldest).execute()
  await db
    .deleteFrom('signIns')
    .where('errorCode', '<>', 0)
    .where('sequence', '<=', sequence - mostRefused)
    .execute()
}

/** One entry of a tenant's log of sign-ins, by its id. */
export const findSignIn = (db: Queries, tenantId: string, id: string): Promise<StoredSignIn | undefined> =>
  db
    .selectFrom('signIns')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('correlationId', '=', id)
    .executeTakeFirst()
