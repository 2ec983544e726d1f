import type {Queries, UsedTokenTable} from './schema.ts'

/** Keeps that a token is used; false when it was used before. Forgets, at `now`, those that nobody would accept any more. */
export async function addUsedToken(db: Queries, token: UsedTokenTable, now: Date): Promise<boolean> {
  await db.deleteFrom('usedTokens').where('expiresDateTime', '<=', now.toISOString()).execute()
  const {numInsertedOrUpdatedRows} = await db
    .insertInto('usedTokens')
    .values(token)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
