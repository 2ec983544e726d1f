import {CompiledQuery, type DialectAdapter} from 'kysely'
import type {Database, Queries} from './schema.ts'

type Row = Readonly<Record<string, unknown>>

// The statements that insert rows with the same columns are the same text, and writing it takes longer than running it.
const texts = new WeakMap<DialectAdapter, Map<string, string>>()

/** Inserts one row; a column that is undefined has its default. */
export async function insertRow(db: Queries, table: keyof Database, row: Row): Promise<void> {
  const columns = Object.keys(row).filter((name) => row[name] !== undefined)
  const values = columns.map((name) => (typeof row[name] === 'boolean' ? Number(row[name]) : row[name]))
  const {adapter} = db.getExecutor()
  const known = texts.get(adapter) ?? new Map<string, string>()
  texts.set(adapter, known)
  const key = `${table} ${columns.join(' ')}`
  const text = known.get(key) ?? compile(db, table, row)
  known.set(key, text)
  await db.executeQuery(CompiledQuery.raw(text, values))
}

const compile = (db: Queries, table: keyof Database, row: Row): string =>
  db
    .insertInto(table)
    .values(row as never)
    .compile().sql
