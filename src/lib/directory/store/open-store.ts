import type {StoreLocation} from '../../model/store-location.ts'
import {openSqliteStore} from './open-sqlite-store.ts'
import type {Queries} from './schema.ts'

/** Where the directory keeps everything. */
export interface Store {
  /** What a person calls it: the path of the file, or the URL of the database without any password. */
  readonly name: string
  /** Runs questions; of SQLite, a change that is under way in this process is waited for. */
  read<Result>(work: (db: Queries) => Promise<Result>): Promise<Result>
  /** Runs a change that is made as a whole or not at all, one at a time over all processes, and safe from a power failure when the result is given. Every statement that writes goes through here. */
  change<Result>(work: (db: Queries) => Promise<Result>): Promise<Result>
  /** What a failure of this store, or of reading what it gave, means to a person; anything else is given back as it is. */
  failure(error: unknown): unknown
  close(): Promise<void>
}

/**
 * Opens the store in a file or in a database of a PostgreSQL server, and makes it when it is new; waits so long for others that use it.
 * Throws as openSqliteStore and openPostgresStore do.
 */
export const openStore = async (
  location: StoreLocation,
  uid: number | undefined,
  patienceMilliseconds = 5000,
): Promise<Store> =>
  typeof location === 'string'
    ? openSqliteStore(location, uid, patienceMilliseconds)
    : (await import('./open-postgres-store.ts')).openPostgresStore(location, patienceMilliseconds)
