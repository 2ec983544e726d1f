import {Kysely, sql} from 'kysely'
import type {DatabaseLocation} from '../../model/store-location.ts'
import {groupedChanges} from './grouped-changes.ts'
import type {Store} from './open-store.ts'
import {postgresDialect} from './postgres-dialect.ts'
import {postgresFailure} from './postgres-failure.ts'
import {openPool} from './postgres-pool.ts'
import type {Database, Queries} from './schema.ts'
import {newerStore, notOurStore, storeFailure} from './store-failure.ts'
import {applicationId, storeVersion} from './store-version.ts'

const statementMilliseconds = 60_000

/**
 * Opens the store in a schema of a database, and makes it when the schema is empty or missing; waits so long for a connection and for
 * others that change it. A server that comes back after a failure is used again. Throws `Unreachable`, `StoreAccessDenied`, and
 * `StoreDamaged` for a schema with something else in it.
 */
export async function openPostgresStore(location: DatabaseLocation, patience: number): Promise<Store> {
  const name = location.url
  const failure = (error: unknown): unknown => storeFailure(error, name, postgresFailure)
  const named = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw failure(error)
    }
  }
  const db = connect(location, {patience, statement: statementMilliseconds, most: 4})
  const isCurrent = (): Promise<boolean> => named(async () => (await versionOf(db, location)) === storeVersion)
  try {
    if (!(await isCurrent())) await named(() => bringUpToDate(location, patience))
  } catch (error) {
    await db.destroy()
    throw error
  }
  // Here they wait without a connection.
  const change = groupedChanges((work) => db.transaction().execute(work))
  return {
    name,
    failure,
    read: (work) => named(() => work(db)),
    change: (work) => named(() => change(work)),
    close: () => db.destroy(),
  }
}

const connect = (location: DatabaseLocation, limits: Parameters<typeof openPool>[1]): Kysely<Database> =>
  new Kysely<Database>({dialect: postgresDialect(openPool(location, limits), location.schema)})

/** The version of the tables; undefined when there are none yet. */
async function versionOf(db: Queries, {schema, url}: DatabaseLocation): Promise<number | undefined> {
  const mark = sql.id(schema, markTable)
  const {rows: tables} = await sql<{isThere: boolean}>`
    select to_regclass(${`${schema}."${markTable}"`}) is not null as "isThere"`.execute(db)
  if (tables[0]?.isThere !== true) return undefined
  const {rows} = await sql<{application: number; version: number}>`select * from ${mark}`.execute(db)
  const [{application, version} = {application: 0, version: 0}] = rows
  if (application !== applicationId) throw foreign(url)
  if (version > storeVersion) throw newerStore(url)
  return version
}

const markTable = 'storeMark'

const foreign = (url: string): unknown =>
  notOurStore(url, 'has tables of another program in its schema', 'Name another one: ?schema=… at the end of the URL.')

/** One process makes the tables, in one transaction; the others wait for it and find them made. */
async function bringUpToDate(location: DatabaseLocation, patience: number): Promise<void> {
  // Old tables may be large.
  const db = connect(location, {patience, statement: 0, most: 1})
  try {
    await db.transaction().execute(async (change) => {
      const version = await versionOf(change, location)
      if (version === storeVersion) return
      if (version === undefined) await makeRoom(change, location)
      const {migrate} = await import('./migrate.ts')
      await migrate(change, location.schema)
      await sql`delete from ${sql.id(markTable)}`.execute(change)
      await sql`insert into ${sql.id(markTable)} values (${applicationId}, ${storeVersion})`.execute(change)
    })
  } finally {
    await db.destroy()
  }
}

/** The schema with what the tables need. Refuses one that is not empty. */
async function makeRoom(change: Queries, {schema, url}: DatabaseLocation): Promise<void> {
  const {rows} = await sql<{encoding: string; hasUnicode: boolean; hasSchema: boolean; relations: number}>`
    select current_setting('server_encoding') as encoding,
      exists (select from pg_collation where collname = 'und-x-icu') as "hasUnicode",
      to_regnamespace(${schema}) is not null as "hasSchema",
      (select count(*) from pg_class where relnamespace = to_regnamespace(${schema})) as relations`.execute(change)
  const [found] = rows
  if (found === undefined || found.relations > 0) throw foreign(url)
  if (found.encoding !== 'UTF8' || !found.hasUnicode)
    throw notOurStore(
      url,
      'cannot hold every text',
      'It must be a database with the encoding UTF8, of a server with ICU.',
    )
  if (!found.hasSchema) await change.schema.createSchema(schema).execute()
  // As fold.ts.
  await sql`create or replace function fold(text) returns text language sql immutable strict parallel safe as
    $$ select lower(normalize($1, NFC) collate "und-x-icu") collate "C" $$`.execute(change)
  await change.schema
    .createTable(markTable)
    .addColumn('application', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute()
}
