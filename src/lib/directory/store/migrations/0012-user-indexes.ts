import {type Kysely, sql} from 'kysely'
import type {Migration} from 'kysely/migration'

/** Indexes for what users are looked up by; only what is there is in them. */
export const userIndexes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, column] of [
      ['usersByMail', 'mail'],
      ['usersByEmployee', 'employeeId'],
    ] as const)
      await sql`create index ${sql.id(name)} on users (${sql.id('tenantId')}, fold(${sql.id(column)}))
        where ${sql.id('deletedDateTime')} is null and fold(${sql.id(column)}) is not null`.execute(db)
    await db.schema.dropIndex('usersDeleted').execute()
    await db.schema
      .createIndex('usersDeleted')
      .on('users')
      .columns(['tenantId', 'deletedDateTime'])
      .where(sql.ref('deletedDateTime'), 'is not', null)
      .execute()
  },
}
