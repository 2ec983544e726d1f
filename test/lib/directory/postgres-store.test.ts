import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {sql} from 'kysely'
import {fold} from '../../../src/lib/directory/store/fold.ts'
import {openStore, type Store} from '../../../src/lib/directory/store/open-store.ts'
import {storeVersion} from '../../../src/lib/directory/store/store-version.ts'
import type {DatabaseLocation} from '../../../src/lib/model/store-location.ts'
import {type PostgresServer, postgresPrograms, startPostgres} from '../../parts/postgres-server.ts'

const isHere = postgresPrograms() !== undefined
if (!isHere)
  process.stderr.write('There is no PostgreSQL here (initdb, postgres): the tests of its store are skipped.\n')
const withServer = isHere ? describe : describe.skip

const tenant = (id: string) =>
  ({id, displayName: 'x', createdDateTime: 'x', domainVerification: 'dns', city: null}) as const
const addTenant = (store: Store, id: string): Promise<unknown> =>
  store.change((db) => db.insertInto('tenants').values(tenant(id)).execute())
const tenants = (store: Store): Promise<string[]> =>
  store.read(async (db) => (await db.selectFrom('tenants').select('id').orderBy('id').execute()).map(({id}) => id))
const failure = (location: DatabaseLocation, patience?: number): Promise<unknown> =>
  openStore(location, undefined, patience).then(
    () => 'opened',
    ({code, message}: {code: string; message: string}) => [code, message],
  )

withServer('a store in a database', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.remove())

  test('is made once by eight that open it at the same time, in a schema of its own', async () => {
    const stores = await Promise.all(Array.from({length: 8}, () => openStore(server.location('race'), undefined)))
    await Promise.all(stores.map((store, index) => addTenant(store, `${index}`)))
    const [first] = stores
    expect(first && (await tenants(first))).toHaveLength(8)
    expect(await server.run('select count(*)::int as runs from race.kysely_migration')).toEqual([{runs: storeVersion}])
    expect(await server.run(`select version::int from race."storeMark"`)).toEqual([{version: storeVersion}])
    for (const store of stores) await store.close()
  })

  test('changes nothing in the schema of another program, of a newer version, or where it may not', async () => {
    await server.run(`create schema other; create table other.notes (body text);
      create role guest login password 'Corr3ct:Horse@Battery'`)
    const other = server.location('other')
    expect(await failure(other)).toEqual([
      'StoreDamaged',
      expect.stringContaining(`${other.url} has tables of another`),
    ])
    expect(await server.run(`select count(*)::int as tables from pg_tables where schemaname = 'other'`)).toEqual([
      {tables: 1},
    ])
    await (await openStore(server.location('newer'), undefined)).close()
    await server.run(`update newer."storeMark" set version = 99`)
    expect(await failure(server.location('newer'))).toEqual(['StoreDamaged', expect.stringContaining('newer version')])
    await server.run(`update newer."storeMark" set version = 1, application = 1`)
    expect(await failure(server.location('newer'))).toEqual([
      'StoreDamaged',
      expect.stringContaining('another program'),
    ])
    expect(await failure(server.location('room', {user: 'guest'}))).toEqual([
      'StoreAccessDenied',
      expect.stringContaining('allows its user too little'),
    ])
    await server.run(`create database latin encoding latin1 template template0`)
    expect(await failure(server.location('fedctl', {database: 'latin'}))).toEqual([
      'StoreDamaged',
      expect.stringContaining('cannot hold every text'),
    ])
  })

  test('says why it cannot be had, and never the password', async () => {
    const location = server.location()
    const cases = await Promise.all([
      failure({...location, password: async () => 'hunter2'}),
      failure({...location, password: async () => undefined}),
      failure(server.location('fedctl', {database: 'nowhere'})),
      failure(server.location('fedctl', {port: 1})),
      failure(server.location('fedctl', {host: '/tmp/nowhere'})),
      failure({...location, tls: 'verify-full'}),
    ])
    expect(cases).toEqual([
      ['StoreAccessDenied', `The store ${location.url} refuses the user or the password.`],
      ['StoreAccessDenied', 'The server 127.0.0.1 asks for the password of fedctl.'],
      ['Unreachable', expect.stringContaining('no such database')],
      ['Unreachable', expect.stringContaining('nothing listens there')],
      ['Unreachable', expect.stringContaining('there is no socket')],
      ['Unreachable', expect.stringContaining('SSL')],
    ])
    expect(JSON.stringify(cases)).not.toContain('hunter2')
  })

  test('over TLS, is had only from the server that was meant', async () => {
    const rootCertificates = await server.useTls()
    const opened = (change: Partial<DatabaseLocation>) => failure(server.location('tls', change))
    const untrusted = ['Unreachable', expect.stringContaining('self-signed certificate')]
    expect(await opened({tls: 'verify-full', rootCertificates})).toBe('opened')
    expect(await opened({tls: 'verify-full', rootCertificates, host: 'localhost'})).toEqual([
      'Unreachable',
      expect.stringContaining("does not match certificate's altnames"),
    ])
    expect(await opened({tls: 'verify-ca', rootCertificates, host: 'localhost'})).toBe('opened')
    expect(await opened({tls: 'verify-full'})).toEqual(untrusted)
    expect(await opened({tls: 'verify-ca'})).toEqual(untrusted)
    expect(await opened({tls: 'require'})).toBe('opened')
  })

  test('a change that fails leaves nothing; one that must wait too long says so, and the next one works', async () => {
    const store = await openStore(server.location('waits'), undefined, 2000)
    const failing = store.change(async (db) => {
      await db.insertInto('tenants').values(tenant('half')).execute()
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await expect(
      store.change((db) =>
        db
          .insertInto('tenants')
          .values([tenant('a'), tenant('a')])
          .execute(),
      ),
    )
      .rejects // twice
      .toMatchObject({code: 'ServiceFailure', message: expect.stringContaining('refused a change')})
    const other = await openStore(server.location('waits'), undefined)
    const {promise, resolve} = Promise.withResolvers<void>()
    const {promise: isHeld, resolve: held} = Promise.withResolvers<void>()
    const holding = other.change(() => {
      held()
      return promise
    })
    await isHeld
    await expect(addTenant(store, 'b')).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringContaining('did not answer in time'),
    })
    resolve()
    await holding
    await addTenant(store, 'c')
    expect(await tenants(other)).toEqual(['c'])
    await store.close()
    await other.close()
  })

  test('is used again when its server has come back', async () => {
    const store = await openStore(server.location('restart'), undefined)
    await addTenant(store, 'before')
    const during = store.change(async (db) => {
      await server.stop()
      await db.insertInto('tenants').values(tenant('during')).execute()
    })
    await expect(during).rejects.toMatchObject({code: 'Unreachable'})
    await expect(tenants(store)).rejects.toMatchObject({
      code: 'Unreachable',
      message: `The store ${server.location('restart').url} is not reachable: nothing listens there.`,
    })
    await server.start()
    await addTenant(store, 'after')
    expect(await tenants(store)).toEqual(['after', 'before'])
    await store.close()
  })

  test('a table that is missing is damage, and text that no database can hold is a bad request', async () => {
    const store = await openStore(server.location('damaged'), undefined)
    await expect(addTenant(store, 'a\0b')).rejects.toMatchObject({status: 400})
    await server.run('drop table damaged.tenants cascade')
    await expect(tenants(store)).rejects.toMatchObject({code: 'StoreDamaged'})
    await store.close()
  })

  test('folds text as the rules do, and orders it by its bytes as SQLite does', async () => {
    const store = await openStore(server.location('text'), undefined)
    const folded = (texts: string[]) =>
      store.read(async (db) => {
        const {rows} = await sql<{folded: string}>`
          select fold(value) as folded from unnest(${texts}::text[]) with ordinality as t(value, n) order by n`.execute(
          db,
        )
        return rows.map((row) => row.folded)
      })
    const tricky = ['ΟΔΥΣΣΕΥΣ', 'Σ', 'ΑΣ ΒΣ', 'İstanbul', 'I', 'ẞ', 'ǅ', 'e\u0301É', 'Å', '𐐀', 'ﬀ', 'Ⅷ']
    expect(await folded(tricky)).toEqual(tricky.map(fold))
    // Above are no letters.
    const lastWritten = 0x2ffff
    // Letters of a Unicode newer than the other side's are left as they are there; everything else is the same.
    const {rows} = await store.read((db) =>
      sql<{n: number; folded: string}>`
        select n, fold(chr(n)) as folded from generate_series(1, ${lastWritten}) as n
        where n not between 55296 and 57343 and fold(chr(n)) <> chr(n)`.execute(db),
    )
    const known = new Map(rows.map(({n, folded: text}) => [n, text]))
    const points = Array.from({length: lastWritten}, (_, index) => index + 1).filter((n) => n < 0xd800 || n > 0xdfff)
    const others = points.filter((n) => {
      const character = String.fromCodePoint(n)
      return fold(character) !== (known.get(n) ?? character)
    })
    expect(rows.length).toBeGreaterThan(1400)
    expect(others.length).toBeLessThan(200)
    const sidesThatChange = others.map((n) => [known.has(n), fold(String.fromCodePoint(n)) !== String.fromCodePoint(n)])
    expect(sidesThatChange).not.toContainEqual([true, true])
    const texts = fc.array(fc.string({unit: 'binary', maxLength: 12}), {minLength: 50, maxLength: 50})
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const same = given.map((text) =>
          [...text].filter((one) => one !== '\0' && !others.includes(one.codePointAt(0) ?? 0)).join(''),
        )
        expect(await folded(same)).toEqual(same.map(fold))
      }),
      {numRuns: 40},
    )
    for (const id of ['a', 'B', 'é', '_', '𐐀', 'ﬀ']) await addTenant(store, id)
    expect(await tenants(store)).toEqual(['B', '_', 'a', 'é', 'ﬀ', '𐐀'])
    await store.close()
  })
})
