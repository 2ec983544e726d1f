// A directory process of its own: change-often.ts STORE TENANT NAME COUNT makes so many users, eight at a time; says what went wrong.
import {randomBytes, randomUUID} from 'node:crypto'
import {openDirectory} from '../../src/lib/directory/open-directory.ts'
import {databaseAt} from './postgres-server.ts'

const [store = '', tenantId = '', name = '', count = '0'] = process.argv.slice(2)
const directory = await openDirectory({
  store: /^\d+$/.test(store) ? databaseAt(Number(store)) : store,
  uid: process.geteuid?.(),
  now: () => new Date(),
  newId: () => randomUUID(),
  randomBytes: (size) => randomBytes(size),
  resolveTxt: async () => [],
})
const authorization = `Bearer ${directory.ticketFor({tenantId})}`
const made: number[] = []
let next = 0

async function makeUsers(): Promise<void> {
  while (next < Number(count)) {
    const local = `${name}-${next++}`
    const body = {
      accountEnabled: true,
      displayName: local,
      mailNickname: local,
      userPrincipalName: `${local}@syfuhs.onmicrosoft.com`,
      onPremisesSyncEnabled: true,
    }
    const response = await directory.fetch({
      method: 'POST',
      url: 'https://directory.test/v1.0/users',
      headers: {authorization},
      body: JSON.stringify(body),
    })
    if (response.status !== 201) throw new Error(response.body)
    made.push(response.status)
  }
}

await Promise.all(Array.from({length: 8}, makeUsers))
await directory.close()
process.stdout.write(`${made.length}`)
