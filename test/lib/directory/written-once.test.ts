import {DatabaseSync} from 'node:sqlite'
import {expect, test} from '@jest/globals'
import {Kysely} from 'kysely'
import type {Database} from '../../../src/lib/directory/store/schema.ts'
import {sqliteDialect} from '../../../src/lib/directory/store/sqlite-dialect.ts'
import {writtenOnce} from '../../../src/lib/directory/store/written-once.ts'

/** A database with one domain. */
function open(tenantId: string, name: string) {
  const database = new DatabaseSync(':memory:')
  database.exec('create table domains (tenantId text, name text, isVerified integer, root text)')
  database.prepare('insert into domains values (?, ?, 1, ?)').run(tenantId, name, `root of ${name}`)
  return new Kysely<Database>({dialect: sqliteDialect(database, 0)})
}

test('a question is written once for a database, and has its own texts every time', async () => {
  let written = 0
  const rootOf = writtenOnce((db, name: string, tenantId: string) => {
    written++
    const domains = db.selectFrom('domains').select('root').where('tenantId', '=', tenantId)
    return domains.where('isVerified', '=', 1).where('name', '=', name)
  })
  const [one, other] = [open('a', '\x001'), open('b', '?')]
  for (const _ of ['once', 'again']) {
    expect(await rootOf(one, '\x001', 'a')).toEqual([{root: 'root of \x001'}])
    expect(await rootOf(one, 'a', '\x001')).toEqual([])
    expect(await rootOf(other, '?', 'b')).toEqual([{root: 'root of ?'}])
  }
  expect(written).toBe(2)
})
