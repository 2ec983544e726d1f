import {sql} from 'kysely'
import type {Filter} from '../odata/filter.ts'
import type {Filterable, LogTableName} from '../rules/resource.ts'
import type {StoredAudit} from './audits.ts'
import {whereObject} from './object-filter.ts'
import type {Queries} from './schema.ts'
import type {StoredSignIn} from './sign-ins.ts'

interface Entries {
  readonly audits: StoredAudit
  readonly signIns: StoredSignIn
}

/** Whose entries of a log are wanted, and which. */
export interface LogSet {
  readonly tenantId: string
  readonly filter?: Filter
}

/** Which part of them, by time. `after` is where the page before ended: the time and the sequence of its last. */
export interface LogPage {
  readonly size: number
  readonly descending: boolean
  readonly after?: readonly [time: string, sequence: string]
}

/** The column that has the time of each log. */
export const timeOf = {audits: 'activityDateTime', signIns: 'createdDateTime'} as const

/** One page of a log. */
export async function listLog<Table extends LogTableName>(
  db: Queries,
  {log, tenantId, filter}: LogSet & {readonly log: Filterable & {readonly table: Table}},
  {size, descending, after}: LogPage,
): Promise<readonly Entries[Table][]> {
  const [time, direction] = [sql.ref(timeOf[log.table]), descending ? 'desc' : 'asc'] as const
  // Both logs have the columns that are named here; the types of one stand for both.
  const entries = db
    .selectFrom(log.table as LogTableName as 'audits')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy(time, direction)
    .orderBy('sequence', direction)
    .limit(size)
  const wanted = filter === undefined ? entries : entries.where(whereObject(log, filter) as never)
  const beyond = sql.raw(descending ? '<' : '>')
  const rest =
    after === undefined
      ? wanted
      : wanted.where(sql<boolean>`(${time}, ${sql.ref('sequence')}) ${beyond} (${after[0]}, ${Number(after[1])})`)
  return (await rest.execute()) as unknown as Entries[Table][]
}
