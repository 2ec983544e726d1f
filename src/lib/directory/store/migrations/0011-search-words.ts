import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'
import {toSearchWords} from '../search-words.ts'

/** The words by which $search finds objects. */
export const searchWords: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [table, hasDescription] of searched) {
      await db.schema.alterTable(table).addColumn('searchWords', 'text').execute()
      await fill(db as Kysely<Before>, table, hasDescription)
    }
  },
}

const searched = [
  ['users', false],
  ['groups', true],
  ['devices', false],
  ['applications', true],
  ['servicePrincipals', true],
  ['directoryRoles', true],
] as const

interface Before {
  users: {id: string; displayName: string; description: string | null; searchWords: string | null}
}

const atOnce = 1000

async function fill(db: Kysely<Before>, table: string, hasDescription: boolean): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom(table as 'users')
      .select(['id', 'displayName', ...(hasDescription ? (['description'] as const) : [])])
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .execute()
    for (const {id, displayName, description} of rows) {
      const words = toSearchWords(displayName, description ?? null)
      if (words === null) continue
      await db
        .updateTable(table as 'users')
        .set({searchWords: words})
        .where('id', '=', id)
        .execute()
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < atOnce) return
    after = last.id
  }
}
