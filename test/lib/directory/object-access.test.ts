import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {askToken, forApplication, newClient} from '../../parts/oauth-lab.ts'
import {
  type Json,
  openTestDirectory,
  type Send,
  sender,
  type TestDirectory,
  type TestTenant,
} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

/** As an application that has these permissions. */
async function withPermissions(...roles: string[]): Promise<Send> {
  const client = await newClient(lab, tenant, {roles})
  const {json} = await askToken(lab, tenant.id, forApplication(client))
  return sender(lab.directory, String(json['access_token']))
}

let count = 0
const group = (change: Json = {}): Json => {
  const name = `g${++count}`
  return {displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true, ...change}
}
const made = async (change?: Json): Promise<string> =>
  String((await tenant.send('POST', '/groups', group(change))).json['id'])
const administrator = (): Json => ({'@odata.id': `https://x/users/${tenant.administratorId}`})
const status = async (send: Send, method: 'POST' | 'DELETE' | 'PATCH' | 'GET', path: string, body?: Json) =>
  (await send(method, path, body)).status

test('members may be changed by who may not change groups', async () => {
  const send = await withPermissions('GroupMember.ReadWrite.All')
  const id = await made()
  expect(await status(send, 'POST', '/groups', group())).toBe(403)
  expect(await status(send, 'POST', `/groups/${id}/members/$ref`, administrator())).toBe(204)
  expect(await status(send, 'DELETE', `/groups/${id}/members/${tenant.administratorId}/$ref`)).toBe(204)
  expect(await status(await withPermissions('Group.Read.All'), 'POST', `/groups/${id}/members/$ref`, {})).toBe(403)
})

test('groups that give roles are changed by who may give roles', async () => {
  const send = await withPermissions('Group.ReadWrite.All')
  const id = await made({isAssignableToRole: true})
  expect(await status(send, 'POST', '/groups', group({isAssignableToRole: true}))).toBe(403)
  expect(await status(send, 'PATCH', `/groups/${id}`, {displayName: 'X'})).toBe(403)
  for (const property of ['members', 'owners']) {
    expect(await status(send, 'POST', `/groups/${id}/${property}/$ref`, administrator())).toBe(403)
    await tenant.send('POST', `/groups/${id}/${property}/$ref`, administrator())
    expect(await status(send, 'DELETE', `/groups/${id}/${property}/${tenant.administratorId}/$ref`)).toBe(403)
  }
  expect(await status(send, 'DELETE', `/groups/${id}`)).toBe(403)
  await tenant.send('DELETE', `/groups/${id}`)
  expect(await status(send, 'POST', `/directory/deletedItems/${id}/restore`)).toBe(403)
  expect(await status(send, 'DELETE', `/directory/deletedItems/${id}`)).toBe(403)
  const both = await withPermissions('Group.ReadWrite.All', 'RoleManagement.ReadWrite.Directory')
  expect(await status(both, 'POST', `/directory/deletedItems/${id}/restore`)).toBe(200)
  expect(await status(both, 'POST', '/groups', group({isAssignableToRole: true}))).toBe(201)
})

test('of deleted items and directory objects everybody sees and changes the kinds that are allowed', async () => {
  const send = await withPermissions('User.ReadWrite.All')
  const [id, live] = [await made(), await made()]
  await tenant.send('DELETE', `/groups/${id}`)
  for (const [method, path] of [
    ['GET', '/directory/deletedItems/microsoft.graph.group'],
    ['GET', `/directory/deletedItems/${id}`],
    ['POST', `/directory/deletedItems/${id}/restore`],
    ['DELETE', `/directory/deletedItems/${id}`],
    ['GET', `/directoryObjects/${live}`],
    ['DELETE', `/directoryObjects/${live}`],
  ] as const)
    expect([path, await status(send, method, path)]).toEqual([path, 403])
  expect(await status(send, 'GET', '/directory/deletedItems/graph.user')).toBe(200)
  expect(await status(send, 'GET', `/directoryObjects/${tenant.administratorId}`)).toBe(200)
  const asked = {ids: [live, tenant.administratorId]}
  expect((await send('POST', '/directoryObjects/getByIds', asked)).json['value']).toMatchObject([
    {id: tenant.administratorId},
  ])
})

test('who may read basic users sees names and mail addresses alone', async () => {
  const send = await withPermissions('User.ReadBasic.All')
  const path = `/users/${tenant.administratorId}`
  const names = ['displayName', 'givenName', 'id', 'mail', 'surname', 'userPrincipalName']
  const one = Object.keys((await send('GET', path)).json).filter((name) => !name.startsWith('@'))
  expect(one.toSorted()).toEqual(names)
  const [listed = {}] = (await send('GET', '/users?$top=1')).json['value'] as Json[]
  expect(Object.keys(listed).toSorted()).toEqual(names)
  expect(await status(send, 'GET', `${path}?$select=displayName`)).toBe(200)
  expect(await status(send, 'GET', `${path}?$select=displayName,department`)).toBe(403)
  expect(await status(send, 'GET', '/users?$select=onPremisesImmutableId')).toBe(403)
  expect(await status(send, 'GET', "/users?$filter=department eq 'Sales'")).toBe(400)
  expect(await status(send, 'GET', `${path}/memberOf`)).toBe(403)
  expect(await status(send, 'GET', '/users/delta')).toBe(403)
  expect(await status(await withPermissions('User.Read.All'), 'GET', `${path}?$select=department`)).toBe(200)
})
