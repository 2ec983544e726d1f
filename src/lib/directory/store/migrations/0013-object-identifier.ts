import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** The object on premises that a user was matched with. */
export const objectIdentifier: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('users').addColumn('onPremisesObjectIdentifier', 'text').execute()
  },
}
