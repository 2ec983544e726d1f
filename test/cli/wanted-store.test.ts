import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import {type StoreGiven, storeText, storeToRemember, toStoreLocation} from '../../src/cli/wanted-store.ts'
import type {DatabaseLocation} from '../../src/lib/model/store-location.ts'

const folder = mkdtempSync(join(tmpdir(), 'fedctl-wanted-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))
const fileOf = (name: string, text: string, mode = 0o600): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}
// Nobody's own ~/.pgpass.
const nothing = {PGPASSFILE: join(folder, 'not-there')}
const world = (environment: Record<string, string> = {}) => ({
  environment: {...nothing, ...environment},
  folders: {data: folder, config: folder},
  uid: process.geteuid?.(),
})
const server = async (url: string, environment: Record<string, string> = {}, given: StoreGiven = {}) =>
  (await toStoreLocation(url, world(environment), given)) as DatabaseLocation

describe('which store is meant', () => {
  const usual = join(folder, 'directory.sqlite')
  test.each([
    [{}, {}, undefined, usual],
    [{}, {}, '/kept.sqlite', '/kept.sqlite'],
    [{FEDCTL_STORE: '/said.sqlite'}, {}, '/kept.sqlite', '/said.sqlite'],
    [{FEDCTL_STORE: ''}, {}, '/kept.sqlite', '/kept.sqlite'],
    [{FEDCTL_STORE: '/said.sqlite'}, {store: 'given.sqlite'}, '/kept.sqlite', resolve('given.sqlite')],
    [{}, {store: 'postgres://db/x'}, undefined, 'postgres://db/x'],
  ])('%j %j %s', (environment: Record<string, string>, given, remembered, expected) =>
    expect(storeText(world(environment), given, remembered)).toBe(expected),
  )

  test('only one that is not the usual is remembered', () => {
    expect(storeToRemember(world(), {})).toBeUndefined()
    expect(storeToRemember(world(), {store: usual})).toBeUndefined()
    expect(storeToRemember(world({FEDCTL_STORE: 'postgres://db/x'}), {})).toBe('postgres://db/x')
  })
})

describe('a database', () => {
  test('takes what the URL leaves open from the variables of libpq', async () => {
    const roots = fileOf('ca.pem', '-----BEGIN CERTIFICATE-----\n')
    const environment = {PGUSER: 'ada', PGDATABASE: 'fed', PGSSLMODE: 'verify-ca', PGSSLROOTCERT: roots}
    expect(await server('postgres://db', environment)).toMatchObject({
      url: 'postgres://ada@db:5432/fed',
      tls: 'verify-ca',
      rootCertificates: '-----BEGIN CERTIFICATE-----\n',
    })
    expect(await server('postgres://bob@db/x?sslmode=require', environment)).toMatchObject({
      url: 'postgres://bob@db:5432/x',
      tls: 'require',
    })
    expect(await server('postgres://bob@db')).toMatchObject({user: 'bob', database: 'bob'})
  })

  test.each([
    ['postgres://db', 'verify-full'],
    ['postgres://127.0.0.1.contoso.com', 'verify-full'],
    ['postgres://localhost', 'disable'],
    ['postgres://127.0.0.1', 'disable'],
    ['postgres://[::1]', 'disable'],
    ['postgres:///x?host=/run/postgresql', 'disable'],
  ])('%s: TLS is %s when nothing is said', async (url, tls) => expect((await server(url)).tls).toBe(tls))

  test.each([
    ['postgres://db', {PGSSLMODE: 'prefer'}, 'Usage', 'PGSSLMODE is "prefer"'],
    ['postgres://db', {PGSSLROOTCERT: fileOf('empty.pem', '')}, 'CertificateUnreadable', 'no certificate in PEM'],
    ['postgres://ada:hunter2@db', {}, 'Usage', 'it holds a password'],
  ])('%s with %j is refused', async (url, environment, code, message) => {
    const refused = server(url, environment as Record<string, string>)
    await expect(refused).rejects.toMatchObject({code, message: expect.stringContaining(message)})
    await expect(refused).rejects.not.toMatchObject({message: expect.stringContaining('hunter2')})
  })
})

describe('its password', () => {
  const url = 'postgres://ada@db/fed'
  const pgpass = fileOf('pgpass', 'db:*:fed:ada:third\n')
  const first = fileOf('password', 'first\nmore\n')

  test('is that of the file, of PGPASSWORD, of the password file, in this order', async () => {
    const all = {PGPASSWORD: 'second', PGPASSFILE: pgpass}
    expect(await (await server(url, all, {storePasswordFile: first})).password()).toBe('first')
    expect(await (await server(url, all)).password()).toBe('second')
    expect(await (await server(url, {PGPASSFILE: pgpass})).password()).toBe('third')
    expect(await (await server('postgres://bob@db/fed', {PGPASSFILE: pgpass})).password()).toBeUndefined()
    expect(await (await server(url)).password()).toBeUndefined()
  })

  test('is not read from a file that others can read', async () => {
    const open = fileOf('open', 'db:*:fed:ada:third\n', 0o640)
    const refusal = {code: 'FileUnsafe', message: expect.stringContaining(open)}
    await expect((await server(url, {}, {storePasswordFile: open})).password()).rejects.toMatchObject(refusal)
    await expect((await server(url, {PGPASSFILE: open})).password()).rejects.toMatchObject(refusal)
  })
})
