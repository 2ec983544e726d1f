import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** Deleted objects are found by when they were deleted, as deleted users are. */
export const deletedObjects: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['groups', 'devices', 'applications', 'servicePrincipals'])
      await db.schema.createIndex(`${table}Deleted`).on(table).columns(['tenantId', 'deletedDateTime']).execute()
  },
}
