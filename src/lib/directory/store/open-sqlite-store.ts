import {DatabaseSync} from 'node:sqlite'
import {Kysely, sql} from 'kysely'
import {fold} from './fold.ts'
import {groupedChanges} from './grouped-changes.ts'
import {makeFile} from './make-file.ts'
import type {Store} from './open-store.ts'
import type {Database} from './schema.ts'
import {sqliteDialect, withoutBlocking} from './sqlite-dialect.ts'
import {sqliteFailure} from './sqlite-failure.ts'
import {newerStore, notOurStore, storeFailure} from './store-failure.ts'
import {applicationId, storeVersion} from './store-version.ts'

/**
 * Opens the store in a file, and makes it when it is new; waits so long for other programs that use it. `uid` is the user this process runs
 * as, undefined on Windows. Throws `StoreDamaged` for a file that is not a store, `FileUnsafe` for one that is not its owner's alone,
 * `FileUnreadable` and `FileFailure` when the file cannot be had.
 */
export async function openSqliteStore(
  file: string,
  uid: number | undefined,
  patienceMilliseconds: number,
): Promise<Store> {
  await makeFile(file, uid)
  const failure = (error: unknown): unknown => storeFailure(error, file, sqliteFailure)
  const named = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw failure(error)
    }
  }
  return named(async () => {
    const database = new DatabaseSync(file, {timeout: patienceMilliseconds})
    try {
      // Pages of indexes come again soon, what savepoints set aside needs no file, and pages that change again before they are moved into
      // the file are moved once (the log has up to 32 MB of them): measured, a third faster for new users.
      database.exec('pragma cache_size = -16000; pragma temp_store = memory; pragma wal_autocheckpoint = 8000')
      database.function('fold', {deterministic: true}, (text) => (typeof text === 'string' ? fold(text) : null))
      const db = new Kysely<Database>({dialect: sqliteDialect(database, patienceMilliseconds)})
      if (needsMigration(database, file)) {
        await withoutBlocking(database, 'pragma journal_mode = wal', patienceMilliseconds)
        await migrateFile(db)
      }
      const change = groupedChanges((work) => db.transaction().execute(work))
      return {
        name: file,
        failure,
        read: (work) => named(() => work(db)),
        change: (work) => named(() => change(work)),
        async close() {
          await db.destroy()
          // Kysely closes only what it has used.
          if (database.isOpen) database.close()
        },
      }
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function needsMigration(database: DatabaseSync, file: string): boolean {
  // One statement, one snapshot: another process may be making the tables right now.
  const row = database
    .prepare(
      `select application_id as application, user_version as version, (select count(*) from sqlite_schema) as tables
       from pragma_application_id, pragma_user_version`,
    )
    .get()
  const {application, version, tables} = row as {application: number; version: number; tables: number}
  const isNew = application === 0 && version === 0 && tables === 0
  if (!isNew && application !== applicationId)
    throw notOurStore(file, 'is a database of another program', 'Name another file.')
  if (version > storeVersion) throw newerStore(file)
  return version < storeVersion
}

async function migrateFile(db: Kysely<Database>): Promise<void> {
  const {migrate} = await import('./migrate.ts')
  await db.transaction().execute(async (change) => {
    await migrate(change)
    await sql`pragma application_id = ${sql.lit(applicationId)}`.execute(change)
    await sql`pragma user_version = ${sql.lit(storeVersion)}`.execute(change)
  })
}
