import type {DatabaseSync, StatementSync} from 'node:sqlite'
import {setTimeout} from 'node:timers/promises'
import {
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely'

/** Kysely over node:sqlite. What differs between SQLite and another database is in this file and nowhere else. */
export function sqliteDialect(database: DatabaseSync, patienceMilliseconds: number): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ImmediateDriver(database, patienceMilliseconds),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * Transactions take the write lock when they begin, so that what they read stays true until they write. The wait for it never blocks
 * the thread: the holder may be another store in this very process.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync
  readonly #patience: number

  constructor(database: DatabaseSync, patienceMilliseconds: number) {
    super({database: toSqliteDatabase(database)})
    this.#database = database
    this.#patience = patienceMilliseconds
  }

  override async beginTransaction(_connection: DatabaseConnection): Promise<void> {
    await withoutBlocking(this.#database, 'begin immediate', this.#patience)
  }
}

/** Runs a statement that may find the database locked, and tries again in turns with everybody else. */
export async function withoutBlocking(
  database: DatabaseSync,
  statement: string,
  patienceMilliseconds: number,
): Promise<void> {
  const pause = 5
  for (let attempts = patienceMilliseconds / pause; ; attempts--) {
    database.exec('pragma busy_timeout = 0')
    try {
      database.exec(statement)
      return
    } catch (error) {
      if (!isBusy(error) || attempts <= 0) throw error
    } finally {
      database.exec(`pragma busy_timeout = ${patienceMilliseconds}`)
    }
    await setTimeout(pause)
  }
}

const isBusy = (error: unknown): boolean => ((error as {errcode?: number}).errcode ?? 0) % 256 === 5

function toSqliteDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(text) {
      const known = prepared.get(text)
      if (known !== undefined) return known
      const statement = toSqliteStatement(database.prepare(text))
      // The texts of one program are few; only filters make new ones.
      if (prepared.size < 200) prepared.set(text, statement)
      return statement
    },
  }
}

const toSqliteStatement = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => statement.all(...parameters.map(toBound)),
  run: (parameters) => statement.run(...parameters.map(toBound)),
  iterate: (parameters) => statement.iterate(...parameters.map(toBound)),
})

type Bound = null | number | bigint | string | Uint8Array

const toBound = (value: unknown): Bound => (typeof value === 'boolean' ? Number(value) : (value as Bound))
