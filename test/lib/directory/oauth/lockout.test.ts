import {afterAll, beforeAll, beforeEach, expect, test} from '@jest/globals'
import type {Services} from '../../../../src/lib/directory/api/call.ts'
import {beginTry, endTry, type Trier} from '../../../../src/lib/directory/oauth/pages/lockout.ts'
import {openStore, type Store} from '../../../../src/lib/directory/store/open-store.ts'
import {openTestDirectory, type TestDirectory} from '../../../parts/open-test-directory.ts'
import {testStore} from '../../../parts/test-store.ts'

const start = Date.parse('2026-11-21T10:00:00Z')
let lab: TestDirectory
let store: Store
let now = new Date(start)
beforeAll(async () => {
  lab = await openTestDirectory()
  store = await openStore(testStore(lab.file), process.geteuid?.())
})
beforeEach(async () => {
  now = new Date(start)
  await store.change((db) => db.deleteFrom('signInFailures').execute())
})
afterAll(async () => {
  await store.close()
  await lab.close()
})

const services = () => ({store, now: () => now}) as Services
const fail = (trier: Trier) => beginTry(services(), trier)
const failOften = async (trier: Trier, count: number): Promise<void> => {
  for (let index = 0; index < count; index++) await fail(trier)
}
const locked = expect.objectContaining({aadsts: 50053})
const ada = {account: 'ada', address: '192.0.2.1'}

test('ten failures lock for a minute, each further one for twice as long, an hour at most', async () => {
  await failOften(ada, 10)
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    now = new Date(now.getTime() + minutes * 60_000 - 1)
    await expect(fail(ada)).rejects.toEqual(locked)
    now = new Date(now.getTime() + 1)
    await fail(ada)
  }
})

test('who gets in starts anew, and is forgotten after a day', async () => {
  await failOften(ada, 9)
  await fail(ada)
  await store.change((db) => endTry(db, services(), ada))
  await failOften(ada, 10)
  await expect(fail(ada)).rejects.toEqual(locked)
  now = new Date(start + 24 * 3600_000)
  await failOften(ada, 9)
})

test('an account is locked for everybody after fifty, an address for every account after a hundred', async () => {
  for (let index = 0; index < 50; index++) await fail({account: 'ada', address: `192.0.2.${index}`})
  await expect(fail({account: 'ada', address: '198.51.100.1'})).rejects.toEqual(locked)
  for (let index = 0; index < 100; index++) await fail({account: `user${index}`, address: '203.0.113.1'})
  await expect(fail({account: 'grace', address: '203.0.113.1'})).rejects.toEqual(locked)
  await fail({account: 'grace', address: '203.0.113.2'})
})

test('all addresses of one network of IPv6 are one, in whichever form', async () => {
  for (let index = 0; index < 9; index++) await fail({account: 'ada', address: `2001:db8:0:7:${index}::1`})
  await fail({account: 'ada', address: '2001:db8:0:7::'})
  await expect(fail({account: 'ada', address: '2001:db8:0:7:1:2:3:4'})).rejects.toEqual(locked)
  for (const address of ['2001:db8:0:8::1', '2001:db8::7:0:0:1', '::1', '::ffff:192.0.2.1', '::ffff:192.0.2.2'])
    await fail({account: 'ada', address})
})

test('getting in takes back one failure of the address, no more', async () => {
  for (let index = 0; index < 99; index++) await fail({account: `user${index}`, address: '203.0.113.1'})
  for (let index = 0; index < 3; index++) {
    await fail({account: 'kim', address: '203.0.113.1'})
    await store.change((db) => endTry(db, services(), {account: 'kim', address: '203.0.113.1'}))
  }
  await fail({account: 'grace', address: '203.0.113.1'})
  await expect(fail({account: 'kim', address: '203.0.113.1'})).rejects.toEqual(locked)
})

test('nothing that was typed is kept', async () => {
  await fail({account: 'my password', address: '192.0.2.1'})
  const rows = await store.read((db) => db.selectFrom('signInFailures').selectAll().execute())
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows)).not.toMatch(/password|192/)
})
