import type {Insertable} from 'kysely'
import type {AuditTable, Queries} from './schema.ts'

const keptMilliseconds = 30 * 24 * 3600_000

/** Writes down what was changed, and forgets, two for one, what is older than the service keeps it. */
export async function addAudit(db: Queries, audit: Insertable<AuditTable>): Promise<void> {
  await db.insertInto('audits').values(audit).execute()
  const oldest = new Date(Date.parse(audit.activityDateTime) - keptMilliseconds).toISOString()
  await db
    .deleteFrom('audits')
    .where('sequence', 'in', (is) => is.selectFrom('audits').select('sequence').orderBy('sequence').limit(2))
    .where('activityDateTime', '<', oldest)
    .execute()
}
