import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** What was changed, by whom: the audit log, which is the log of changes for delta queries as well. */
export const audits: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audits')
      .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
      .addColumn('activityDateTime', 'text', (column) => column.notNull())
      .addColumn('activityDisplayName', 'text', (column) => column.notNull())
      .addColumn('category', 'text', (column) => column.notNull())
      .addColumn('operationType', 'text', (column) => column.notNull())
      .addColumn('correlationId', 'text', (column) => column.notNull())
      .addColumn('initiatedBy', 'text', (column) => column.notNull())
      .addColumn('targetResources', 'text', (column) => column.notNull())
      .addColumn('objectType', 'text', (column) => column.notNull())
      .addColumn('objectId', 'text', (column) => column.notNull())
      .addColumn('changedProperties', 'text', (column) => column.notNull())
      .execute()
    for (const [name, columns] of [
      ['auditsOfTenant', ['tenantId', 'sequence']],
      ['auditsOfObjects', ['tenantId', 'objectType', 'sequence']],
    ] as const)
      await db.schema
        .createIndex(name)
        .on('audits')
        .columns([...columns])
        .execute()
  },
}
