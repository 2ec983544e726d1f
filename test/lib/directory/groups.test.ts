import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {listRolesOf} from '../../../src/lib/directory/store/roles.ts'
import {withStore} from '../../parts/oauth-lab.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
let send: TestTenant['send']
const advanced = {consistencylevel: 'eventual'}
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  send = tenant.send
})
afterAll(() => lab.close())

let count = 0
const reference = (id: string): Json => ({'@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`})
const body = (change: Json = {}): Json => {
  const name = `group${++count}`
  return {displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true, ...change}
}
const unified = (change: Json = {}): Json =>
  body({mailEnabled: true, securityEnabled: false, groupTypes: ['Unified'], ...change})

async function made(path: string, json: Json): Promise<string> {
  const reply = await send('POST', path, json)
  expect([reply.status, reply.text]).toEqual([201, expect.anything()])
  return String(reply.json['id'])
}
const group = (change?: Json): Promise<string> => made('/groups', body(change))
const user = (change: Json = {}): Promise<string> => {
  const local = `user${++count}`
  const userPrincipalName = `${local}@syfuhs.onmicrosoft.com`
  const names = {accountEnabled: true, displayName: local, mailNickname: local, userPrincipalName}
  return made('/users', {...names, passwordProfile: {password: 'Correct-7-horse'}, ...change})
}
const device = (): Promise<string> => {
  const names = {displayName: `device${++count}`, operatingSystem: 'Linux', operatingSystemVersion: '6.1'}
  const deviceId = `4c299165-6e8f-4b45-a5ba-${String(count).padStart(12, '0')}`
  return made('/devices', {...names, accountEnabled: true, alternativeSecurityIds: [{type: 2, key: 'YWJj'}], deviceId})
}
const add = async (path: string, id: string): Promise<void> =>
  expect((await send('POST', `${path}/$ref`, reference(id))).status).toBe(204)
const ids = async (path: string, headers?: Record<string, string>): Promise<unknown[]> => {
  const {json, text} = await send('GET', path, undefined, headers)
  expect([text, json['value']]).toEqual([text, expect.anything()])
  return (json['value'] as Json[]).map((one) => one['id'])
}
async function refusal(path: string, json: Json, method: 'POST' | 'PATCH' = 'POST'): Promise<unknown[]> {
  const reply = await send(method, path, json)
  return [reply.status, (reply.json['error'] as Json)['message']]
}

describe('groups', () => {
  test('have an identifier made of their id; those of Microsoft 365 an address in the default domain', async () => {
    const security = (await send('POST', '/groups', body())).json
    expect(security).toMatchObject({
      mail: null,
      proxyAddresses: [],
      visibility: null,
      renewedDateTime: expect.anything(),
    })
    expect(security['securityIdentifier']).toMatch(/^S-1-12-1(-\d+){4}$/)
    const office = (await send('POST', '/groups', unified({mailNickname: 'sales'}))).json
    const mail = 'sales@syfuhs.onmicrosoft.com'
    expect(office).toMatchObject({mail, proxyAddresses: [`SMTP:${mail}`], visibility: 'Public'})
    expect(await refusal('/groups', unified({mailNickname: 'Sales'}))).toEqual([
      400,
      expect.stringContaining('mailNickname'),
    ])
    expect((await send('PATCH', `/groups/${office['id']}`, {mailNickname: 'sold'})).status).toBe(204)
    expect((await send('GET', `/groups/${office['id']}`)).json['proxyAddresses']).toEqual([
      'SMTP:sold@syfuhs.onmicrosoft.com',
      `smtp:${mail}`,
    ])
    const proxyAddresses = [`smtp:${mail}`]
    const names = {
      accountEnabled: true,
      displayName: 'X',
      mailNickname: 'x',
      userPrincipalName: 'x@syfuhs.onmicrosoft.com',
    }
    expect(
      (await send('POST', '/users', {...names, passwordProfile: {password: 'Correct-7-horse'}, proxyAddresses})).text,
    ).toContain('proxyAddresses')
  })

  test.each([
    ['mail without Microsoft 365', {mailEnabled: true}, 400, 'mail-enabled groups'],
    ['neither mail nor security', {securityEnabled: false}, 400, 'mail-enabled groups'],
    ['Microsoft 365 without mail', {groupTypes: ['Unified']}, 400, 'mailEnabled'],
    ['another type', {groupTypes: ['Other']}, 400, 'Other'],
    ['dynamic membership', {groupTypes: ['DynamicMembership'], membershipRule: 'x'}, 501, 'DynamicMembership'],
    ['a rule alone', {membershipRule: 'x'}, 400, 'membershipRule'],
    ['a rule state alone', {membershipRuleProcessingState: 'On'}, 400, 'membershipRuleProcessingState'],
    ['a nickname with a blank', {mailNickname: 'a b'}, 400, 'mailNickname'],
    ['a public group with roles', {isAssignableToRole: true, visibility: 'Public'}, 400, 'visibility'],
    ['hidden members of a security group', {visibility: 'HiddenMembership'}, 400, 'visibility'],
    ['more than 20 members', {'members@odata.bind': Array(21).fill('https://x/users/y')}, 400, '20'],
  ])('cannot be made with %s', async (_, change, status, says) => {
    expect(await refusal('/groups', body(change))).toEqual([status, expect.stringContaining(says)])
  })

  test('keep what they are', async () => {
    const id = await group()
    for (const change of [{isAssignableToRole: true}, {mailEnabled: true, groupTypes: ['Unified']}])
      expect((await refusal(`/groups/${id}`, change, 'PATCH'))[0]).toBe(400)
    const hidden = await made('/groups', unified({visibility: 'HiddenMembership'}))
    expect((await refusal(`/groups/${hidden}`, {visibility: 'Public'}, 'PATCH'))[0]).toBe(400)
    const withoutSecurity = {isAssignableToRole: true, securityEnabled: false}
    expect((await refusal('/groups', unified(withoutSecurity)))[1]).toContain('securityEnabled')
  })
})

describe('members', () => {
  test('are bound at creation and by a change, up to 20 at once', async () => {
    const [ada, bob] = [await user(), await user()]
    const at = (id: string): string => `https://graph.microsoft.com/v1.0/users/${id}`
    const id = await group({'owners@odata.bind': [at(ada)], 'members@odata.bind': [at(ada)]})
    expect((await send('PATCH', `/groups/${id}`, {'members@odata.bind': [at(bob)]})).status).toBe(204)
    expect(await ids(`/groups/${id}/members`)).toEqual([ada, bob])
    expect(await ids(`/groups/${id}/owners`)).toEqual([ada])
    expect((await refusal(`/groups/${id}`, {'members@odata.bind': [at(bob)]}, 'PATCH'))[1]).toContain("'members'")
    expect((await refusal(`/groups/${id}`, {'owners@odata.bind': [at(bob)]}, 'PATCH'))[0]).toBe(400)
    const none = unified({'members@odata.bind': [at(id)], displayName: 'None'})
    expect((await send('POST', '/groups', none)).status).toBe(400)
    expect(await ids("/groups?$filter=displayName eq 'None'")).toEqual([])
  })

  test('are listed in pages, of one kind, filtered and counted', async () => {
    const id = await group()
    const inside = [
      await user({displayName: 'Anna'}),
      await group({displayName: 'Annals'}),
      await device(),
      await user(),
    ]
    for (const one of inside) await add(`/groups/${id}/members`, one)
    const path = `/groups/${id}/members`
    const first = await send('GET', `${path}?$top=3&$select=id,userPrincipalName`)
    expect(first.json['value']).toEqual([
      {'@odata.type': '#microsoft.graph.user', id: inside[0], userPrincipalName: expect.anything()},
      {'@odata.type': '#microsoft.graph.group', id: inside[1]},
      {'@odata.type': '#microsoft.graph.device', id: inside[2]},
    ])
    const next = new URL(String(first.json['@odata.nextLink']))
    expect(await ids(`/v1.0${path}${next.search}`)).toEqual([inside[3]])
    expect(await ids(`${path}/microsoft.graph.user`)).toEqual([inside[0], inside[3]])
    expect(await ids(`${path}/graph.device?$select=id`)).toEqual([inside[2]])
    expect(await ids(`${path}/microsoft.graph.orgContact`)).toEqual([])
    expect((await send('GET', `${path}/microsoft.graph.bogus`)).status).toBe(400)
    expect(
      await ids(`${path}?$count=true&$filter=startsWith(displayName,'ann')&$orderby=displayName desc`, advanced),
    ).toEqual([inside[1], inside[0]])
    expect((await send('GET', `${path}?$select=bogus`)).status).toBe(400)
    expect((await send('GET', `${path}/$count`, undefined, advanced)).text).toBe('4')
    expect((await send('GET', `${path}/microsoft.graph.user/$count`, undefined, advanced)).text).toBe('2')
    expect((await send('GET', `${path}/$count`)).status).toBe(400)
    expect((await send('DELETE', `${path}/${inside[0]}/$ref`)).status).toBe(204)
    expect((await send('DELETE', `${path}/${inside[0]}/$ref`)).status).toBe(404)
    await send('DELETE', `/users/${inside[3]}`)
    expect(await ids(path)).toEqual([inside[1], inside[2]])
  })

  test('reach through groups, in circles as well, and not through deleted ones', async () => {
    const [outer, middle, inner] = [await group(), await group(), await group()]
    const ada = await user()
    await add(`/groups/${outer}/members`, middle)
    await add(`/groups/${middle}/members`, inner)
    await add(`/groups/${inner}/members`, outer)
    await add(`/groups/${inner}/members`, ada)
    expect((await ids(`/groups/${outer}/transitiveMembers`)).toSorted()).toEqual([middle, inner, ada].toSorted())
    expect(await ids(`/users/${ada}/memberOf`)).toEqual([inner])
    const post = async (action: string, json: Json): Promise<unknown> =>
      (await send('POST', `/users/${ada}/${action}`, json)).json['value']
    expect(await ids(`/users/${ada}/transitiveMemberOf`)).toEqual([outer, middle, inner])
    expect(await ids(`/groups/${inner}/transitiveMemberOf`)).toEqual([outer, middle])
    expect(await post('checkMemberGroups', {groupIds: [outer, ada, tenant.id]})).toEqual([outer])
    expect(await post('getMemberGroups', {securityEnabledOnly: true})).toEqual([outer, middle, inner])
    await send('DELETE', `/groups/${middle}`)
    expect(await ids(`/users/${ada}/transitiveMemberOf/microsoft.graph.group`)).toEqual([inner])
    expect(await ids(`/groups/${outer}/transitiveMembers`)).toEqual([])
    expect(await post('checkMemberObjects', {ids: [outer, inner]})).toEqual([inner])
    expect((await send('POST', `/users/${ada}/checkMemberGroups`, {groupIds: Array(21).fill(outer)})).status).toBe(400)
    expect((await send('POST', `/users/${ada}/checkMemberGroups`, {})).status).toBe(400)
  })

  test('of a Microsoft 365 group are users, and its last owner stays', async () => {
    const ada = await user()
    const bind = [`https://graph.microsoft.com/v1.0/users/${ada}`]
    const id = await made('/groups', unified({'owners@odata.bind': bind}))
    const refused = await refusal(`/groups/${id}/members/$ref`, reference(await group()))
    expect(refused).toEqual([400, expect.stringContaining("modified references: 'members'")])
    expect((await send('DELETE', `/groups/${id}/owners/${ada}/$ref`)).text).toContain('at least one owner')
    await add(`/groups/${id}/owners`, await user())
    expect((await send('DELETE', `/groups/${id}/owners/${ada}/$ref`)).status).toBe(204)
    expect(await ids(`/users/${ada}/ownedObjects`)).toEqual([])
    expect((await refusal(`/groups/${id}/owners/$ref`, reference(await device())))[0]).toBe(400)
    expect((await refusal(`/groups/${id}/owners/$ref`, {'@odata.id': 'https://x/bogus/1'}))[0]).toBe(400)
  })
})

test('a group with a role gives it to its members, and the last administrator stays', async () => {
  const role = `/directoryRoles(roleTemplateId='${globalAdministrator}')`
  const [id, ada] = [await group({isAssignableToRole: true}), await user()]
  expect((await refusal(`${role}/members/$ref`, reference(await group())))[1]).toContain('isAssignableToRole')
  await add(`/groups/${id}/members`, ada)
  expect((await refusal(`/groups/${id}/members/$ref`, reference(await group())))[1]).toContain('isAssignableToRole')
  await add(`${role}/members`, id)
  expect(await ids(`${role}/members`)).toEqual([tenant.administratorId, id])
  expect(await ids(`/users/${ada}/memberOf/microsoft.graph.directoryRole`)).toEqual([])
  expect(await ids(`/users/${ada}/transitiveMemberOf/microsoft.graph.directoryRole`)).toHaveLength(1)
  expect((await send('DELETE', `${role}/members/${tenant.administratorId}/$ref`)).status).toBe(204)
  for (const path of [
    `/groups/${id}/members/${ada}/$ref`,
    `${role}/members/${id}/$ref`,
    `/groups/${id}`,
    `/users/${ada}`,
  ])
    expect((await send('DELETE', path)).text).toContain('last Global Administrator')
  await add(`${role}/members`, tenant.administratorId)
  const held = (): Promise<unknown[]> =>
    withStore(lab, (store) => store.read((db) => listRolesOf(db, ada))).then((roles) =>
      roles.map((one) => one.displayName),
    )
  expect(await held()).toEqual(['Global Administrator'])
  expect((await send('DELETE', `/groups/${id}`)).status).toBe(204)
  expect(await held()).toEqual([])
})

test('devices have a name of their own, owners and users', async () => {
  const [id, ada] = [await device(), await user()]
  const {deviceId} = (await send('GET', `/devices/${id}`)).json as {deviceId: string}
  expect((await send('GET', `/devices(deviceId='${deviceId.toUpperCase()}')`)).json['id']).toBe(id)
  const again = {displayName: 'Again', operatingSystem: 'X', operatingSystemVersion: '1', alternativeSecurityIds: []}
  expect(await refusal('/devices', {...again, accountEnabled: true, deviceId})).toEqual([
    400,
    expect.stringContaining('deviceId'),
  ])
  expect((await refusal(`/devices/${id}`, {deviceId: 'other'}, 'PATCH'))[0]).toBe(400)
  await add(`/devices/${id}/registeredOwners`, ada)
  await add(`/devices/${id}/registeredUsers`, ada)
  expect(await ids(`/users/${ada}/ownedDevices`)).toEqual([id])
  expect(await ids(`/users/${ada}/registeredDevices`)).toEqual([id])
  expect((await refusal(`/devices/${id}/registeredOwners/$ref`, reference(id)))[0]).toBe(400)
  expect((await send('PATCH', `/devices/${id}`, {accountEnabled: false})).status).toBe(204)
})
