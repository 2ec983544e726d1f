import {CompiledQuery, type DialectAdapter} from 'kysely'
import type {Database, Queries} from './schema.ts'

type Row = Readonly<Record<string, unknown>>

// The statements that insert rows with the same columns are the same text, and writing it takes longer than running it.
const texts = new WeakMap<DialectAdapter, Map<string, string>>()

/** Inserts one row; a column that is undefined has its default. */
export async function insertRow(db: Queries, table: keyof Database, row: Row): Promise<void> {
  await insert(db, {table, row})
}

/** Inserts one row of a table that numbers its rows, and gives the number. */
export async function insertNumbered(db: Queries, table: 'audits' | 'signIns', row: Row): Promise<number> {
  const [inserted] = await insert(db, {table, row, numbered: true})
  if (inserted === undefined) throw new Error(`${table} gave no number`)
  return inserted.sequence
}

interface Insertion {
  readonly table: keyof Database
  readonly row: Row
  readonly numbered?: true
}

async function insert(db: Queries, insertion: Insertion): Promise<readonly {sequence: number}[]> {
  const {table, row} = insertion
  const columns = Object.keys(row).filter((name) => row[name] !== undefined)
  const values = columns.map((name) => (typeof row[name] === 'boolean' ? Number(row[name]) : row[name]))
  const {adapter} = db.getExecutor()
  const known = texts.get(adapter) ?? new Map<string, string>()
  texts.set(adapter, known)
  const key = `${table} ${columns.join(' ')}`
  const text = known.get(key) ?? compile(db, insertion)
  known.set(key, text)
  return (await db.executeQuery<{sequence: number}>(CompiledQuery.raw(text, values))).rows
}

function compile(db: Queries, {table, row, numbered}: Insertion): string {
  const insertion = db.insertInto(table).values(row as never)
  return (numbered ? insertion.returning('sequence' as never) : insertion).compile().sql
}
