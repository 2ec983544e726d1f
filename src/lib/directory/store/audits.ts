import type {Insertable, Selectable} from 'kysely'
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

/** Writes down what was changed, and forgets, two for one, what is older than the service keeps it. */
export async function addAudit(
  db: Queries,
  audit: Insertable<AuditTable>,
  targets: readonly AuditedTarget[],
): Promise<void> {
  const {sequence} = await db.insertInto('audits').values(audit).returning('sequence').executeTakeFirstOrThrow()
  await db
    .insertInto('auditTargets')
    .values(targets.map((target) => ({...target, audit: sequence})))
    .execute()
  const oldest = new Date(Date.parse(audit.activityDateTime) - keptMilliseconds).toISOString()
  await db
    .deleteFrom('audits')
    .where('sequence', 'in', (is) => is.selectFrom('audits').select('sequence').orderBy('sequence').limit(2))
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
