import type {DatabaseSync} from 'node:sqlite'
import {sql} from 'kysely'
import {type Migration, Migrator} from 'kysely/migration'
import {firstTables} from './migrations/0001-first-tables.ts'
import {signIns} from './migrations/0002-sign-ins.ts'
import {tokenRules} from './migrations/0003-token-rules.ts'
import {audits} from './migrations/0004-audits.ts'
import type {Queries} from './schema.ts'
import {withoutBlocking} from './sqlite-dialect.ts'
import {applicationId, storeVersion} from './store-version.ts'

/** Every migration there has been, oldest first; one that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-sign-ins': signIns,
  '0003-token-rules': tokenRules,
  '0004-audits': audits,
}

/** Brings the tables of the store up to date, all or nothing; two processes that do it at once do it one after the other. */
export async function migrate(database: DatabaseSync, db: Queries, patienceMilliseconds: number): Promise<void> {
  await withoutBlocking(database, 'pragma journal_mode = wal', patienceMilliseconds)
  await db.transaction().execute(async (change) => {
    const {error} = await new Migrator({
      db: change,
      provider: {getMigrations: async () => ({...migrations})},
    }).migrateToLatest()
    if (error !== undefined) throw error
    await sql`pragma application_id = ${sql.lit(applicationId)}`.execute(change)
    await sql`pragma user_version = ${sql.lit(storeVersion)}`.execute(change)
  })
}
