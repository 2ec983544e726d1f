import {DatabaseSync} from 'node:sqlite'
import {Kysely} from 'kysely'
import {fold} from './fold.ts'
import {makeFile} from './make-file.ts'
import type {Database, Queries} from './schema.ts'
import {sqliteDialect} from './sqlite-dialect.ts'
import {notOurStore, storeFailure} from './store-failure.ts'
import {applicationId, storeVersion} from './store-version.ts'

/** Where the directory keeps everything. */
export interface Store {
  readonly file: string
  /** Runs questions; a change that is under way in this process is waited for. */
  read<Result>(work: (db: Queries) => Promise<Result>): Promise<Result>
  /** Runs a change that is made as a whole or not at all, one at a time over all processes. Every statement that writes goes through here. */
  change<Result>(work: (db: Queries) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * Opens the store in a file, and makes it when it is new; waits so long for other programs that use it. `uid` is the user this process runs
 * as, undefined on Windows. Throws `StoreDamaged` for a file that is not a store, `FileUnsafe` for one that is not its owner's alone,
 * `FileUnreadable` and `FileFailure` when the file cannot be had.
 */
export async function openStore(file: string, uid: number | undefined, patienceMilliseconds = 5000): Promise<Store> {
  await makeFile(file, uid)
  const named = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw storeFailure(error, file)
    }
  }
  return named(async () => {
    const database = new DatabaseSync(file, {timeout: patienceMilliseconds})
    try {
      database.function('fold', {deterministic: true}, (text) => (typeof text === 'string' ? fold(text) : null))
      const db = new Kysely<Database>({dialect: sqliteDialect(database, patienceMilliseconds)})
      if (needsMigration(database, file))
        await (await import('./migrate.ts')).migrate(database, db, patienceMilliseconds)
      return {
        file,
        read: (work) => named(() => work(db)),
        change: (work) => named(() => db.transaction().execute(work)),
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
  if (version > storeVersion)
    throw notOurStore(file, 'was written by a newer version of fedctl', 'Use that version, or a copy from before it.')
  return version < storeVersion
}
