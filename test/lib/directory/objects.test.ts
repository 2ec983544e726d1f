import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

const kinds = {
  groups: {displayName: 'Sales', mailEnabled: false, mailNickname: 'sales', securityEnabled: true},
  devices: {
    accountEnabled: true,
    alternativeSecurityIds: [{type: 2, key: 'YWJj'}],
    deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
    displayName: 'Sales laptop',
    operatingSystem: 'Linux',
    operatingSystemVersion: '6.1',
    physicalIds: ['[USER-GID]:1'],
  },
  applications: {displayName: 'Sales robot', identifierUris: ['api://robot'], web: {redirectUris: ['https://robot']}},
} as const

describe.each(Object.entries(kinds))('%s', (set, body) => {
  test('are made, listed, counted, filtered, changed and deleted', async () => {
    const {send} = tenant
    const made = await send('POST', `/${set}`, body)
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject(body)
    const id = String(made.json['id'])
    expect((await send('GET', `/${set}/${id}`)).json).toEqual(made.json)
    const {'@odata.context': _, ...plain} = made.json
    expect((await send('GET', `/${set}?$filter=startsWith(displayName,'sAlEs')`)).json['value']).toEqual([plain])
    const counted = await send('GET', `/${set}/$count`, undefined, {consistencylevel: 'eventual'})
    expect(counted.text).toBe('1')
    expect((await send('PATCH', `/${set}/${id}`, {displayName: 'Other'})).status).toBe(204)
    expect((await send('GET', `/${set}?$filter=startsWith(displayName,'sales')`)).json['value']).toEqual([])
    expect((await send('DELETE', `/${set}/${id}`)).status).toBe(204)
    expect((await send('GET', `/${set}/${id}`)).status).toBe(404)
  })

  test('must have a name', async () => {
    const {displayName: _, ...rest} = body
    const refused = await tenant.send('POST', `/${set}`, rest)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain("A value is required for property 'displayName'")
  })
})

test('the values of lists are searched, in any case', async () => {
  await tenant.send('POST', '/applications', kinds.applications)
  const found = await tenant.send('GET', "/applications?$filter=identifierUris/any(u:u eq 'API://ROBOT')")
  expect(found.json['value']).toHaveLength(1)
})
