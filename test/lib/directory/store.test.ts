import {spawn} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {afterAll, describe, expect, test} from '@jest/globals'
import {Kysely, sql} from 'kysely'
import {Migrator} from 'kysely/migration'
import {makeFile} from '../../../src/lib/directory/store/make-file.ts'
import {migrations} from '../../../src/lib/directory/store/migrate.ts'
import {firstTables} from '../../../src/lib/directory/store/migrations/0001-first-tables.ts'
import {openStore} from '../../../src/lib/directory/store/open-store.ts'
import type {Database, Queries} from '../../../src/lib/directory/store/schema.ts'
import {sqliteDialect} from '../../../src/lib/directory/store/sqlite-dialect.ts'
import {applicationId, storeVersion} from '../../../src/lib/directory/store/store-version.ts'
import {addTenant} from '../../../src/lib/directory/store/tenants.ts'
import {openTestDirectory} from '../../parts/open-test-directory.ts'
import {postForm} from '../../parts/sign-in-lab.ts'

const folder = mkdtempSync(join(tmpdir(), 'fedctl-store-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))
const uid = process.geteuid?.()
let count = 0
const newFile = (): string => join(folder, `${++count}`, 'directory.db')

async function written(): Promise<string> {
  const file = newFile()
  const lab = await openTestDirectory(file)
  await lab.newTenant()
  await lab.directory.close()
  return file
}

async function refusal(file: string): Promise<unknown> {
  const before = existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined
  const error = await openStore(file, uid).then(
    () => 'opened',
    (failure: {code: string; message: string}) => [failure.code, failure.message],
  )
  if (before !== undefined) expect(readFileSync(file).equals(before)).toBe(true)
  return error
}

describe('the file', () => {
  test('belongs to its owner alone, and so do the files beside it', async () => {
    const file = newFile()
    const lab = await openTestDirectory(file)
    await lab.newTenant()
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
    expect([join(file, '..'), file, `${file}-wal`, `${file}-shm`].map(mode)).toEqual(['700', '600', '600', '600'])
    await lab.directory.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('keeps everything when it is closed and opened again', async () => {
    const file = newFile()
    const first = await openTestDirectory(file)
    const {id} = await first.newTenant()
    const before = (await first.sendAs({tenantId: id})('GET', '/users')).json
    const second = await first.reopen()
    expect((await second.sendAs({tenantId: id})('GET', '/users')).json).toEqual(before)
    await second.directory.close()
  })

  test('every migration is counted in its version, and opening again runs none', async () => {
    expect(Object.keys(migrations)).toHaveLength(storeVersion)
    const file = await written()
    const database = new DatabaseSync(file)
    expect(database.prepare('select count(*) as runs from kysely_migration').get()).toMatchObject({runs: storeVersion})
    database.exec('drop table kysely_migration')
    database.close()
    await (await openStore(file, uid)).close()
  })

  test('a store of the first version gets what came since and keeps what it has', async () => {
    const file = newFile()
    await makeFile(file, uid)
    const database = new DatabaseSync(file)
    const db = new Kysely<Database>({dialect: sqliteDialect(database, 1000)})
    const provider = {getMigrations: async () => ({'0001-first-tables': firstTables})}
    expect(await new Migrator({db, provider}).migrateToLatest()).not.toHaveProperty('error')
    await addTenant(db, {
      id: 'a',
      displayName: 'A',
      createdDateTime: '2026-11-21T10:00:00Z',
      domainVerification: 'none',
    })
    database.exec(`insert into domains values ('a', 'a.onmicrosoft.com', null, 1, 1, 1, '[]', 90, 14, '12345678');
      pragma application_id = ${applicationId}; pragma user_version = 1`)
    database.close()
    const lab = await openTestDirectory(file)
    expect((await lab.ownerSend('GET', '/fedctl/v1/tenants')).json['value']).toHaveLength(1)
    const posted = await postForm(lab, 'wa=wsignin1.0')
    expect(posted.json).toMatchObject({errorCode: 20012})
    await lab.directory.close()
  })
})

describe('changes that come at once', () => {
  const add = (id: string) => (db: Queries) =>
    addTenant(db, {id, displayName: id, createdDateTime: '2026-11-21T10:00:00Z', domainVerification: 'none'})
  const ids = async (db: Queries): Promise<string[]> =>
    (await db.selectFrom('tenants').select('id').orderBy('id').execute()).map(({id}) => id)

  test('are each made as a whole, in their order, and one that fails takes no other with it', async () => {
    const store = await openStore(newFile(), uid)
    const seen: string[][] = []
    const names = ['a', 'b', 'c', 'd', 'e']
    const outcomes = await Promise.allSettled(
      names.map((name) =>
        store.change(async (db) => {
          await add(name)(db)
          seen.push(await ids(db))
          if (name === 'c') throw new Error('no')
          return name
        }),
      ),
    )
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      ...['a', 'b', 'Error: no', 'd', 'e'],
    ])
    expect(seen.at(-1)).toEqual(['a', 'b', 'd', 'e'])
    expect(await store.read(ids)).toEqual(['a', 'b', 'd', 'e'])
    await store.close()
  })

  test('wait for the disk together: far fewer transactions than changes', async () => {
    const file = newFile()
    const store = await openStore(file, uid)
    const before = statSync(`${file}-wal`).size
    await Promise.all(Array.from({length: 100}, (_, index) => store.change(add(`t${index}`))))
    const together = statSync(`${file}-wal`).size - before
    for (let index = 0; index < 100; index++) await store.change(add(`u${index}`))
    const alone = statSync(`${file}-wal`).size - before - together
    expect(together).toBeLessThan(alone / 5)
    await store.close()
  })

  test('all fail when the whole cannot be kept', async () => {
    const store = await openStore(newFile(), uid)
    const doomed = [1, 2, 3].map((number) =>
      store.change(async (db) => {
        await add(`x${number}`)(db)
        // Ends the transaction under everybody's feet, as a full disk does.
        if (number === 2) await sql`rollback`.execute(db)
      }),
    )
    const outcomes = await Promise.allSettled(doomed)
    expect(outcomes.map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await store.read(ids)).toEqual([])
    await store.change(add('y'))
    expect(await store.read(ids)).toEqual(['y'])
    await store.close()
  })
})

describe('a store that is not its owner’s alone', () => {
  test.each(['', '-wal', '-shm', '-journal'])('is refused: the file%s', async (ending) => {
    const file = await written()
    writeFileSync(file + ending, '', {flag: 'a'})
    chmodSync(file + ending, 0o640)
    expect(await refusal(file)).toEqual([
      'FileUnsafe',
      expect.stringContaining(`The store ${file}${ending} can be read`),
    ])
  })

  test('is refused behind a link, even one that leads nowhere', async () => {
    const [file, link] = [await written(), join(folder, 'link.db')]
    symlinkSync(file, link)
    expect(await refusal(link)).toEqual(['FileUnsafe', expect.stringContaining('is a link')])
    const nowhere = join(folder, 'nowhere.db')
    symlinkSync(join(folder, 'not-there.db'), nowhere)
    expect(await refusal(nowhere)).toEqual(['FileUnsafe', expect.stringContaining('is a link')])
    expect(existsSync(join(folder, 'not-there.db'))).toBe(false)
  })
})

describe('a file that cannot be the store', () => {
  test('is named, told apart and left as it is', async () => {
    const text = newFile()
    await (await openStore(text, uid)).close()
    writeFileSync(text, 'This is a letter, not a database. '.repeat(200))
    expect(await refusal(text)).toEqual(['StoreDamaged', `The store ${text} is not a database.`])

    const foreign = join(folder, 'foreign.db')
    const other = new DatabaseSync(foreign)
    other.exec('create table notes (text)')
    other.close()
    chmodSync(foreign, 0o600)
    expect(await refusal(foreign)).toEqual(['StoreDamaged', expect.stringContaining('another program')])

    const newer = await written()
    const future = new DatabaseSync(newer)
    future.exec('pragma user_version = 99')
    future.close()
    expect(await refusal(newer)).toEqual(['StoreDamaged', expect.stringContaining('newer version')])

    expect(await refusal(folder)).toEqual(['FileUnreadable', `The store ${folder} is a folder.`])
    // Where Node's own recursive mkdir would never end.
    expect(await refusal('/proc/nobody/x.db')).toEqual(['FileFailure', expect.stringContaining('cannot be made')])
    expect(await refusal(join(text, 'below', 'x.db'))).toEqual([
      'FileUnreadable',
      expect.stringContaining('not a folder'),
    ])
  })

  test('a file cut short is damaged, not empty', async () => {
    const file = await written()
    truncateSync(file, 6000)
    const outcome = await openTestDirectory(file).then(
      async (lab) => {
        const failure = await lab.ownerSend('GET', '/fedctl/v1/tenants').catch((error: {code: string}) => error.code)
        await lab.directory.close().catch(() => undefined)
        return failure
      },
      (error: {code: string}) => error.code,
    )
    expect(outcome).toBe('StoreDamaged')
    expect(statSync(file).size).toBe(6000)
  })
})

describe('a store that was tampered with', () => {
  test.each([
    ['a table', 'drop table users', '/users', 'no such table: users'],
    ['a column', 'alter table domains drop column root', '/domains', 'no such column: domains.root'],
    ['JSON', `update domains set "supportedServices" = 'xx'`, '/domains', 'a list in it is not one'],
    ['a list', `update domains set "supportedServices" = '{}'`, '/organization', 'a list in it is not one'],
    ['texts', `update users set "proxyAddresses" = '[7]'`, '/users?$select=proxyAddresses', 'a list in it is not one'],
  ])('is damaged where it lacks %s', async (_, statement, path, why) => {
    const lab = await openTestDirectory(newFile())
    const {id} = await lab.newTenant()
    await lab.directory.close()
    const database = new DatabaseSync(lab.file)
    // An index is made with it.
    database.function('fold', {deterministic: true}, (text) => text)
    database.exec(statement)
    database.close()
    const again = await openTestDirectory(lab.file)
    await expect(again.sendAs({tenantId: id})('GET', path)).rejects.toMatchObject({
      code: 'StoreDamaged',
      message: `The store ${lab.file} is damaged: ${why}.`,
    })
    await again.directory.close()
  })

  test('a change that its tables refuse is no bug of the reader', async () => {
    const store = await openStore(newFile(), uid)
    const tenant = {id: 'twice', displayName: 'x', createdDateTime: 'x', domainVerification: 'dns'} as const
    const twice = store.change((db) => db.insertInto('tenants').values([tenant, tenant]).execute())
    await expect(twice).rejects.toMatchObject({
      code: 'ServiceFailure',
      message: `The store ${store.name} refused a change: UNIQUE constraint failed: tenants.id.`,
    })
    await store.close()
  })
})

describe('several at once', () => {
  const body = (local: string) => ({
    accountEnabled: true,
    displayName: local,
    mailNickname: local,
    userPrincipalName: `${local}@syfuhs.onmicrosoft.com`,
    onPremisesSyncEnabled: true,
  })

  test('two stores on one new file, racing: one makes the tables, one user gets the name', async () => {
    const file = newFile()
    const [one, other] = await Promise.all([openTestDirectory(file), openTestDirectory(file)])
    const {id} = await one.newTenant()
    const sends = [one.sendAs({tenantId: id}), other.sendAs({tenantId: id})]
    const statuses = await Promise.all(
      Array.from({length: 10}, (_, index) =>
        sends[index % 2]?.('POST', '/users', body('ada')).then(({status}) => status),
      ),
    )
    expect(statuses.sort()).toEqual([201, ...Array.from({length: 9}, () => 400)])
    await one.directory.close()
    await other.directory.close()
  })

  test('a change that fails half-way leaves nothing', async () => {
    const store = await openStore(newFile(), uid)
    const failing = store.change(async (db) => {
      await db
        .insertInto('tenants')
        .values({id: 'half', displayName: 'x', createdDateTime: 'x', domainVerification: 'dns'})
        .execute()
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await store.read((db) => db.selectFrom('tenants').selectAll().execute())).toEqual([])
    await store.close()
  })

  test('waits for another process, and says so when that takes too long', async () => {
    const file = await written()
    const hold = (milliseconds: number) => {
      const script = `const {DatabaseSync} = require('node:sqlite'); const d = new DatabaseSync(${JSON.stringify(file)})
        d.exec('begin immediate'); console.log('held'); setTimeout(() => { d.exec('rollback'); d.close() }, ${milliseconds})`
      const child = spawn(process.execPath, ['-e', script], {stdio: ['ignore', 'pipe', 'inherit']})
      const ended = new Promise((resolve) => child.once('exit', resolve))
      return new Promise<{ended: Promise<unknown>; kill: () => void}>((resolve) =>
        child.stdout.once('data', () => resolve({ended, kill: () => child.kill()})),
      )
    }
    const store = await openStore(file, uid, 500)
    const brief = await hold(100)
    await store.change((db) => db.updateTable('tenants').set({city: 'Ottawa'}).execute())
    await brief.ended
    const long = await hold(60_000)
    const failing = store.change((db) => db.updateTable('tenants').set({city: 'Oslo'}).execute())
    await expect(failing).rejects.toMatchObject({
      code: 'FileFailure',
      message: `The store ${file} is in use by another program.`,
    })
    long.kill()
    await long.ended
    expect(await store.read((db) => db.selectFrom('tenants').select('city').execute())).toMatchObject([
      {city: 'Ottawa'},
    ])
    await store.close()
  })
})
