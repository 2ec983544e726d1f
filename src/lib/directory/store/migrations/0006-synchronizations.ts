import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** What tenants say about their synchronisation; one without a row has what is usual. */
export const synchronizations: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('synchronizations')
      .addColumn('tenantId', 'text', (column) => column.primaryKey().references('tenants.id').onDelete('cascade'))
      .addColumn('alertThreshold', 'integer', (column) => column.notNull())
      .addColumn('synchronizationPreventionType', 'text', (column) => column.notNull())
      .addColumn('features', 'text', (column) => column.notNull())
      .execute()
  },
}
