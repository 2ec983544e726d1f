import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
let send: TestTenant['send']
const upn = (name: string): string => `${name}@syfuhs.onmicrosoft.com`
beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  send = tenant.send
  for (const name of ['ada', 'bob', 'eve'])
    await send('POST', '/users', {
      ...{accountEnabled: true, displayName: name, mailNickname: name, onPremisesSyncEnabled: true},
      userPrincipalName: upn(name),
    })
})
afterAll(() => lab.close())

const refer = (name: string) => ({'@odata.id': `https://graph.microsoft.com/v1.0/users/${upn(name)}`})
const manager = async (name: string): Promise<unknown> =>
  (await send('GET', `/users/${upn(name)}/manager`)).json['displayName']
const reports = async (name: string): Promise<unknown[]> =>
  ((await send('GET', `/users/${upn(name)}/directReports`)).json['value'] as Json[]).map(({displayName}) => displayName)

test('a user has one manager or none, who has reports', async () => {
  expect(await send('GET', `/users/${upn('ada')}/manager`)).toMatchObject({
    status: 404,
    json: {error: {message: expect.stringContaining("Resource 'manager' does not exist")}},
  })
  for (const [name, boss] of [
    ['ada', 'bob'],
    ['eve', 'bob'],
    ['ada', 'eve'],
    ['ada', 'eve'],
  ] as const)
    expect(await send('PUT', `/users/${upn(name)}/manager/$ref`, refer(boss))).toMatchObject({status: 204, text: ''})
  expect([await manager('ada'), await manager('eve')]).toEqual(['eve', 'bob'])
  expect([await reports('bob'), await reports('eve')]).toEqual([['eve'], ['ada']])
  expect((await send('GET', `/users/${upn('ada')}/manager?$select=userPrincipalName`)).json).toEqual({
    '@odata.context': expect.stringContaining('$metadata#directoryObjects/$entity'),
    '@odata.type': '#microsoft.graph.user',
    userPrincipalName: upn('eve'),
  })
  expect((await send('DELETE', `/users/${upn('ada')}/manager/$ref`)).status).toBe(204)
  expect((await send('DELETE', `/users/${upn('ada')}/manager/$ref`)).status).toBe(404)
  expect(await reports('eve')).toEqual([])
})

test('a manager who is deleted manages nobody, and can be replaced', async () => {
  await send('PUT', `/users/${upn('ada')}/manager/$ref`, refer('eve'))
  const {id} = (await send('GET', `/users/${upn('eve')}`)).json
  await send('DELETE', `/users/${id}`)
  expect((await send('GET', `/users/${upn('ada')}/manager`)).status).toBe(404)
  await send('PUT', `/users/${upn('ada')}/manager/$ref`, refer('bob'))
  await send('POST', `/directory/deletedItems/${id}/restore`)
  expect([await manager('ada'), await reports('eve')]).toEqual(['bob', []])
})

test('refuses what is no user', async () => {
  const [role] = (await send('GET', '/directoryRoles')).json['value'] as Json[]
  for (const [body, status] of [
    [{'@odata.id': `https://graph.microsoft.com/v1.0/directoryRoles/${role?.['id']}`}, 400],
    [{'@odata.id': 'somebody'}, 400],
    [{}, 400],
    ['', 400],
    [refer('nobody'), 404],
  ] as const)
    expect((await send('PUT', `/users/${upn('ada')}/manager/$ref`, body)).status).toBe(status)
  expect(await manager('ada')).toBe('bob')
})

test('what only one user can be asked for is not implemented for many', async () => {
  expect((await send('GET', `/users/${upn('ada')}?$select=aboutMe,skills`)).json).toMatchObject({
    aboutMe: null,
    skills: [],
  })
  for (const list of ['users', 'directory/deletedItems/microsoft.graph.user'])
    expect(await send('GET', `/${list}?$select=displayName,skills`)).toMatchObject({
      status: 501,
      json: {error: {code: 'NotImplemented', message: 'This operation target is not yet supported.'}},
    })
})

test('$expand shows what belongs to a user, not in advanced queries', async () => {
  const {id} = (await send('GET', `/users/${upn('bob')}`)).json
  const bob = expect.objectContaining({'@odata.type': '#microsoft.graph.user', id})
  const path = `/users/${upn('ada')}?$select=displayName&$expand=`
  expect((await send('GET', `${path}manager,directReports`)).json).toMatchObject({manager: bob, directReports: []})
  expect((await send('GET', `/users/${upn('bob')}?$expand=manager`)).json).not.toHaveProperty('manager')
  const {json} = await send('GET', "/users?$select=displayName&$expand=manager&$filter=startsWith(displayName,'a')")
  expect(json['value']).toEqual([{displayName: 'ada', manager: bob}, {displayName: 'Administrator'}])
  const [, administrator] = (await send('GET', "/users?$expand=memberOf&$filter=startsWith(displayName,'a')")).json[
    'value'
  ] as Json[]
  expect(administrator?.['memberOf']).toMatchObject([{'@odata.type': '#microsoft.graph.directoryRole'}])
  expect((await send('GET', `${path}aunts`)).text).toContain("Could not find a property named 'aunts'")
  const advanced = {consistencylevel: 'eventual'}
  for (const query of ['$search="displayName:ada"', "$filter=city ne 'x'&$count=true"])
    expect((await send('GET', `/users?$expand=manager&${query}`, undefined, advanced)).status).toBe(400)
})
