import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {withStore} from '../../parts/oauth-lab.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
let send: TestTenant['send']
const advanced = {consistencylevel: 'eventual'}

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  send = tenant.send
})
afterAll(() => lab.close())

const unified = (mailNickname: string): Json => ({
  displayName: mailNickname,
  mailEnabled: true,
  mailNickname,
  securityEnabled: false,
  groupTypes: ['Unified'],
})
const security = (name: string): Json => ({
  displayName: name,
  mailEnabled: false,
  mailNickname: name,
  securityEnabled: true,
})
const device: Json = {
  accountEnabled: true,
  alternativeSecurityIds: [{type: 2, key: 'YWJj'}],
  deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
  displayName: 'Laptop',
  operatingSystem: 'Linux',
  operatingSystemVersion: '6.1',
}
const user = (local: string): Json => ({
  accountEnabled: true,
  displayName: local,
  mailNickname: local,
  userPrincipalName: `${local}@syfuhs.onmicrosoft.com`,
  passwordProfile: {password: 'Correct-7-horse'},
})

async function made(path: string, json: Json): Promise<string> {
  const reply = await send('POST', path, json)
  expect([reply.status, reply.text]).toEqual([201, expect.anything()])
  return String(reply.json['id'])
}
async function deleted(path: string, json: Json): Promise<string> {
  const id = await made(path, json)
  expect((await send('DELETE', `${path}/${id}`)).status).toBe(204)
  return id
}
const restore = (id: string, json?: Json) => send('POST', `/directory/deletedItems/${id}/restore`, json)
const waiting = async (type: string, query = ''): Promise<unknown[]> =>
  ((await send('GET', `/directory/deletedItems/${type}${query}`, undefined, advanced)).json['value'] as Json[]).map(
    (one) => one['id'],
  )

const links = (id: string): Promise<unknown> =>
  withStore(lab, (store) =>
    store.read((db) =>
      db
        .selectFrom('objectLinks')
        .selectAll()
        .where((is) => is.or([is('objectId', '=', id), is('targetId', '=', id)]))
        .execute(),
    ),
  )

describe('deleted items', () => {
  test.each([
    ['group', '/groups', security('gone')],
    ['application', '/applications', {displayName: 'Gone'}],
  ])('a %s waits and comes back as it was', async (type, path, body) => {
    const id = await made(path, body)
    const before = (await send('GET', `${path}/${id}`)).json
    await send('DELETE', `${path}/${id}`)
    expect(await waiting(`microsoft.graph.${type}`)).toEqual([id])
    expect(await waiting(`graph.${type}`, '?$select=id&$count=true&$orderby=deletedDateTime desc')).toEqual([id])
    expect((await send('GET', `/directory/deletedItems/${id}`)).json).toMatchObject({
      '@odata.type': `#microsoft.graph.${type}`,
      deletedDateTime: '2026-11-21T10:00:00Z',
    })
    expect((await restore(id)).json).toMatchObject({'@odata.type': `#microsoft.graph.${type}`, id})
    expect((await send('GET', `${path}/${id}`)).json).toEqual(before)
    expect((await restore(id)).status).toBe(404)
  })

  test('are ordered by time only as an advanced query, and there is no list of all', async () => {
    expect((await send('GET', '/directory/deletedItems/graph.user?$orderby=deletedDateTime')).status).toBe(400)
    expect((await send('GET', '/directory/deletedItems')).status).toBe(404)
    expect(await waiting('graph.administrativeUnit')).toEqual([])
  })

  test('with a name that was taken meanwhile do not come back', async () => {
    const group = await deleted('/groups', unified('same'))
    await made('/groups', unified('same'))
    const uris = {displayName: 'Robot', identifierUris: ['api://robot.test']}
    const application = await deleted('/applications', uris)
    await made('/applications', uris)
    for (const id of [group, application]) {
      const {status, json} = await restore(id)
      expect([status, (json['error'] as Json)['code']]).toEqual([409, 'Request_MultipleObjectsWithSameKeyValue'])
    }
    const laptop = await deleted('/devices', device)
    expect((await restore(laptop)).status).toBe(400)
  })

  test('keep their links, and lose them when they are gone for good', async () => {
    const group = await made('/groups', security('linked'))
    const ada = await made('/users', user('ada'))
    const members = async (): Promise<unknown> => (await send('GET', `/groups/${group}/members`)).json['value']
    await send('POST', `/groups/${group}/members/$ref`, {'@odata.id': `https://x/users/${ada}`})
    await send('DELETE', `/users/${ada}`)
    expect(await members()).toEqual([])
    expect((await send('POST', `/users/${ada}/restore`)).json).toMatchObject({id: ada})
    expect(await members()).toMatchObject([{id: ada}])
    await send('DELETE', `/groups/${group}`)
    expect((await send('POST', `/users/${group}/restore`)).status).toBe(404)
    expect((await send('DELETE', `/directory/deletedItems/${group}`)).status).toBe(204)
    expect((await restore(group)).status).toBe(404)
    expect((await send('GET', `/users/${ada}/memberOf`)).json['value']).toEqual([])
    expect(await links(group)).toEqual([])
    const other = await made('/groups', security('other'))
    await send('POST', `/groups/${other}/members/$ref`, {'@odata.id': `https://x/users/${ada}`})
    await send('DELETE', `/users/${ada}`)
    await send('DELETE', `/directory/deletedItems/${ada}`)
    expect(await links(ada)).toEqual([])
  })

  test('are gone after 30 days', async () => {
    const id = await deleted('/groups', security('old'))
    const {now} = lab.clock
    lab.clock.now = new Date('2026-12-21T10:00:00Z')
    expect(await waiting('graph.group')).not.toContain(id)
    expect((await restore(id)).status).toBe(404)
    await deleted('/groups', security('new'))
    lab.clock.now = now
    expect((await restore(id)).status).toBe(404)
  })
})

describe('directory objects', () => {
  test('are found and deleted whatever their kind', async () => {
    const ids = [await made('/users', user('bob')), await made('/groups', security('any')), tenant.administratorId]
    const [role] = (await send('GET', '/directoryRoles')).json['value'] as Json[]
    const get = async (id: unknown): Promise<unknown> =>
      (await send('GET', `/directoryObjects/${id}`)).json['@odata.type']
    expect(await Promise.all([...ids, role?.['id']].map(get))).toEqual(
      ['user', 'group', 'user', 'directoryRole'].map((type) => `#microsoft.graph.${type}`),
    )
    const asked = {ids: [ids[1], tenant.id, ids[0], ids[1]]}
    const found = async (json: Json): Promise<unknown> =>
      ((await send('POST', '/directoryObjects/getByIds', json)).json['value'] as Json[]).map((one) => one['id'])
    expect(await found(asked)).toEqual([ids[1], ids[0]])
    expect(await found({...asked, types: ['group']})).toEqual([ids[1]])
    for (const json of [{}, {ids: Array(1001).fill('x')}, {ids: [], types: ['bogus']}])
      expect((await send('POST', '/directoryObjects/getByIds', json)).status).toBe(400)
    expect((await send('DELETE', `/directoryObjects/${role?.['id']}`)).status).toBe(400)
    expect((await send('DELETE', `/directoryObjects/${tenant.administratorId}`)).text).toContain('last Global')
    expect((await send('DELETE', `/directoryObjects/${ids[1]}`)).status).toBe(204)
    expect((await send('GET', `/directoryObjects/${ids[1]}`)).status).toBe(404)
    expect(await waiting('graph.group')).toContain(ids[1])
  })

  test('names of a Microsoft 365 group are tried before it is made', async () => {
    await made('/groups', unified('taken'))
    const validate = (json: Json) => send('POST', '/directoryObjects/validateProperties', json)
    expect((await validate({entityType: 'Group', mailNickname: 'free'})).status).toBe(204)
    const refused = await validate({entityType: 'Group', displayName: 'X', mailNickname: 'Taken'})
    expect([refused.status, refused.json['error']]).toMatchObject([422, {code: 'Request_UnprocessableEntity'}])
    for (const json of [{mailNickname: 'x'}, {entityType: 'User', mailNickname: 'x'}, {entityType: 'Group'}])
      expect((await validate(json)).status).toBe(400)
  })
})
