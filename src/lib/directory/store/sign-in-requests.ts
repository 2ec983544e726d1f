import type {Selectable} from 'kysely'
import type {SignInRequestTable} from './oauth-tables.ts'
import type {Queries} from './schema.ts'

/** Somebody who is signing in, as it is stored. */
export type StoredSignInRequest = Selectable<SignInRequestTable>

// Anybody can begin as often as there is time for: that must not fill the disk.
const mostKept = 20_000

/** Keeps what somebody is signing in for, and forgets what was given up: what took too long, or is too much. */
export async function addSignInRequest(db: Queries, request: StoredSignInRequest, now: Date): Promise<void> {
  const oldest = await db
    .selectFrom('signInRequests')
    .select('expiresDateTime')
    .orderBy('expiresDateTime', 'desc')
    .offset(mostKept)
    .limit(1)
    .executeTakeFirst()
  const ended = [now.toISOString(), oldest?.expiresDateTime ?? ''].toSorted().at(-1) ?? ''
  await db.deleteFrom('signInRequests').where('expiresDateTime', '<=', ended).execute()
  await db.insertInto('signInRequests').values(request).execute()
}

/** What somebody is signing in for, unless it took too long. */
export const findSignInRequest = (
  db: Queries,
  stateHash: string,
  now: Date,
): Promise<StoredSignInRequest | undefined> =>
  db
    .selectFrom('signInRequests')
    .selectAll()
    .where('stateHash', '=', stateHash)
    .where('expiresDateTime', '>', now.toISOString())
    .executeTakeFirst()

/** Changes what is known of somebody who is signing in. */
export const changeSignInRequest = (db: Queries, stateHash: string, request: string): Promise<unknown> =>
  db.updateTable('signInRequests').set({request}).where('stateHash', '=', stateHash).execute()

/** Uses it up; false when that was done before. */
export async function removeSignInRequest(db: Queries, stateHash: string): Promise<boolean> {
  const {numDeletedRows} = await db
    .deleteFrom('signInRequests')
    .where('stateHash', '=', stateHash)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
