import type {Selectable} from 'kysely'
import type {SignInFailureTable} from './oauth-tables.ts'
import type {Queries} from './schema.ts'

/** How often something has failed, as it is stored. */
export type StoredFailures = Selectable<SignInFailureTable>

/** The failures under some keys that still count. */
export const listFailures = (db: Queries, keys: readonly string[], now: Date): Promise<StoredFailures[]> =>
  db
    .selectFrom('signInFailures')
    .selectAll()
    .where('key', 'in', [...keys])
    .where('expiresDateTime', '>', now.toISOString())
    .execute()

/** Keeps how often something has failed, and forgets what counts no more. */
export async function putFailures(db: Queries, failures: StoredFailures, now: Date): Promise<void> {
  await db.deleteFrom('signInFailures').where('expiresDateTime', '<=', now.toISOString()).execute()
  await db
    .insertInto('signInFailures')
    .values(failures)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(failures))
    .execute()
}

/** Forgets failures. */
export const removeFailures = (db: Queries, keys: readonly string[]): Promise<unknown> =>
  db
    .deleteFrom('signInFailures')
    .where('key', 'in', [...keys])
    .execute()
