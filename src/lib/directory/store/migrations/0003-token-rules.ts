import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** What is allowed to the tokens of one trust; what held of all until now is what holds when nothing is said. */
export const tokenRules: Migration = {
  async up(db: Kysely<unknown>) {
    // One column a statement: SQLite knows no other way.
    for (const [name, usual] of [
      ['tokenLifetimeMinutes', 60],
      ['allowSha1', 0],
    ] as const)
      await db.schema
        .alterTable('federations')
        .addColumn(name, 'integer', (column) => column.notNull().defaultTo(usual))
        .execute()
  },
}
