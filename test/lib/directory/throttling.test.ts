import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
const scale = 10

beforeAll(async () => {
  lab = await openTestDirectory(undefined, undefined, {throttle: {scale}})
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

const later = (seconds: number): void => {
  lab.clock.now = new Date(lab.clock.now.getTime() + (seconds * 1000) / scale)
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Json
}

/** Asks in batches of 20 until something is refused: how often it was not, and how much of the limit was used at most. */
async function askOften(request: Json, most: number) {
  const answers: Answer[] = []
  while (answers.length < most && !answers.some(({status}) => status === 429)) {
    const requests = Array.from({length: 20}, (_, id) => ({id: `${id}`, ...request}))
    const {json} = await tenant.send('POST', '/$batch', {requests})
    answers.push(...(json['responses'] as Answer[]))
  }
  const taken = answers.filter(({status}) => status !== 429)
  const used = taken.map(({headers}) => headers['X-Ms-Throttle-Limit-Percentage'] ?? '').toSorted()
  return {count: taken.length, refused: answers.find(({status}) => status === 429), used: used.at(-1)}
}

test('an answer says what it cost', async () => {
  const {headers} = await tenant.send('GET', '/users')
  expect([headers['x-ms-resource-unit'], headers['x-ms-throttle-limit-percentage']]).toEqual(['2', undefined])
  expect((await tenant.send('GET', '/users/nobody')).headers['x-ms-resource-unit']).toBe('1')
  expect((await tenant.send('GET', '/fedctl/v1/sessions')).headers).not.toHaveProperty('x-ms-resource-unit')
})

test('who asks for more units than there are is refused, and told when to come again', async () => {
  later(10)
  const read = {method: 'GET', url: '/domains/syfuhs.onmicrosoft.com/domainNameReferences'}
  const {count, refused, used} = await askOften(read, 1000)
  expect(count).toBe(875)
  expect(used).toBe('1.00')
  expect(refused).toMatchObject({
    headers: {
      'Retry-After': '1',
      'X-Ms-Throttle-Scope': `Tenant_Application/ReadWrite/00000000-0000-0000-0000-000000000000/${tenant.id}`,
      'X-Ms-Throttle-Information': 'ResourceUnitLimitExceeded',
    },
    body: {error: {code: 'TooManyRequests'}},
  })
  const other = await lab.newTenant('other.onmicrosoft.com')
  expect((await other.send('GET', '/users')).status).toBe(200)
  later(1)
  expect((await askOften(read, 200)).count).toBe(87)
}, 30_000)

test('changes have a limit of their own', async () => {
  later(300)
  const change = {method: 'DELETE', url: '/users/nobody'}
  const {count, refused} = await askOften(change, 3020)
  expect([count, refused?.headers]).toMatchObject([
    3000,
    {'X-Ms-Throttle-Information': 'WriteLimitExceeded', 'X-Ms-Throttle-Scope': expect.stringContaining('/Write/')},
  ])
  expect((await tenant.send('GET', '/organization')).status).toBe(200)
}, 60_000)

test('logs are asked five times in ten seconds', async () => {
  later(10)
  const asked = async (): Promise<number> => (await tenant.send('GET', '/auditLogs/signIns')).status
  for (let index = 0; index < 5; index++) expect(await asked()).toBe(200)
  const {status, headers} = await tenant.send('GET', '/auditLogs/directoryAudits')
  expect([status, headers]).toMatchObject([429, {'retry-after': '1'}])
  later(2)
  expect([await asked(), await asked()]).toEqual([200, 429])
})

test('nobody is refused, and nothing said of it, unless that is wanted', async () => {
  const calm = await openTestDirectory()
  const {send} = await calm.newTenant()
  for (let index = 0; index < 7; index++) expect((await send('GET', '/auditLogs/signIns')).status).toBe(200)
  expect((await send('GET', '/users')).headers).not.toHaveProperty('x-ms-resource-unit')
  await calm.close()
})
