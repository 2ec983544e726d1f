import type {Insertable, Selectable} from 'kysely'
import {insertNumbered, insertRow} from './insert-row.ts'
import type {AuditTable} from './log-tables.ts'
import type {Queries} from './schema.ts'

/** An entry of the audit log as it is stored. */
export type StoredAudit = Selectable<AuditTable>

/** How long the service keeps what was changed. */
export const keptMilliseconds = 30 * 24 * 3600_000

/** An object that something was done to, in the form in which it is searched for. */
export interface AuditedTarget {
  readonly targetId: string
  readonly targetNameKey: string | null
}

// Two are forgotten for each that is written, but seldom, for it takes as long as writing.
const [forgotten, afterSo] = [128, 64]

/** Writes down what was changed, and forgets now and then what is older than the service keeps it. */
export async function addAudit(
  db: Queries,
  audit: Insertable<AuditTable>,
  targets: readonly AuditedTarget[],
): Promise<void> {
  const sequence = await insertNumbered(db, 'audits', audit)
  for (const target of targets) await insertRow(db, 'auditTargets', {...target, audit: sequence})
  if (sequence % afterSo > 0) return
  const oldest = new Date(Date.parse(audit.activityDateTime) - keptMilliseconds).toISOString()
  await db
    .deleteFrom('audits')
    .where('sequence', 'in', (is) => is.selectFrom('audits').select('sequence').orderBy('sequence').limit(forgotten))
    .where('activityDateTime', '<', oldest)
    .execute()
}

/** One entry of a tenant's audit log, by its sequence. */
export const findAudit = (db: Queries, tenantId: string, sequence: number): Promise<StoredAudit | undefined> =>
  db
    .selectFrom('audits')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('sequence', '=', sequence)
    .executeTakeFirst()
