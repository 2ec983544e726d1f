import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant('syfuhs.onmicrosoft.com', 'none')
})
afterAll(() => lab.close())

async function newDomain(id: string, verify = true): Promise<void> {
  await tenant.send('POST', '/domains', {id})
  if (verify) await tenant.send('POST', `/domains/${id}/verify`)
}

async function newUser(userPrincipalName: string, more: Json = {}): Promise<string> {
  const body = {
    accountEnabled: true,
    displayName: userPrincipalName,
    mailNickname: 'nick',
    userPrincipalName,
    passwordProfile: {password: 'Correct-horse-7'},
    ...more,
  }
  const {json, status} = await tenant.send('POST', '/users', body)
  expect(status).toBe(201)
  return String(json['id'])
}

const shown = async (id: string): Promise<Json> =>
  (await tenant.send('GET', `/users/${id}?$select=userPrincipalName,mail,proxyAddresses,accountEnabled`)).json

describe('forceDelete', () => {
  test('renames who uses the domain to the initial one, blocks them, and removes the domain', async () => {
    await newDomain('gone.example')
    const other = await newUser('ada@syfuhs.onmicrosoft.com')
    const ada = await newUser('ada@gone.example', {mail: 'ada@gone.example', proxyAddresses: ['SMTP:ada@gone.example']})
    const grace = await newUser('grace@syfuhs.onmicrosoft.com', {proxyAddresses: ['smtp:grace@gone.example']})
    expect((await tenant.send('POST', '/domains/gone.example/forceDelete', {})).status).toBe(204)
    expect((await tenant.send('GET', '/domains/gone.example')).status).toBe(404)
    expect(await shown(ada)).toMatchObject({
      // The plain name is another's.
      userPrincipalName: `ada.${ada.slice(0, 8)}@syfuhs.onmicrosoft.com`,
      mail: 'ada@syfuhs.onmicrosoft.com',
      proxyAddresses: ['SMTP:ada@syfuhs.onmicrosoft.com'],
      accountEnabled: false,
    })
    expect(await shown(grace)).toMatchObject({
      userPrincipalName: 'grace@syfuhs.onmicrosoft.com',
      proxyAddresses: ['smtp:grace@syfuhs.onmicrosoft.com'],
      accountEnabled: true,
    })
    expect(await shown(other)).toMatchObject({userPrincipalName: 'ada@syfuhs.onmicrosoft.com', accountEnabled: true})
  })

  test('renames groups and applications as well, which are named as what uses the domain', async () => {
    await newDomain('used.example')
    await tenant.send('PATCH', '/domains/used.example', {isDefault: true})
    const group = {displayName: 'Sales', mailEnabled: true, mailNickname: 'sales', securityEnabled: false}
    const made = async (path: string, body: Json): Promise<string> =>
      String((await tenant.send('POST', path, body)).json['id'])
    const sales = await made('/groups', {...group, groupTypes: ['Unified']})
    await tenant.send('PATCH', '/domains/syfuhs.onmicrosoft.com', {isDefault: true})
    const other = await made('/groups', {...group, groupTypes: ['Unified']})
    const identifierUris = ['https://App.Used.example/x', 'https://used.example', 'https://syfuhs.onmicrosoft.com']
    const robot = await made('/applications', {displayName: 'Robot', identifierUris})
    await made('/applications', {displayName: 'Near', identifierUris: ['api://notused.example/x']})
    const uses = (await tenant.send('GET', '/domains/used.example/domainNameReferences')).json['value'] as Json[]
    expect(uses).toEqual([
      {'@odata.type': '#microsoft.graph.group', id: sales, displayName: 'Sales'},
      {'@odata.type': '#microsoft.graph.application', id: robot, displayName: 'Robot'},
    ])
    expect((await tenant.send('DELETE', '/domains/used.example')).text).toContain('in use by 2 objects')
    await tenant.send('PATCH', `/applications/${robot}`, {signInAudience: 'AzureADMultipleOrgs'})
    expect((await tenant.send('POST', '/domains/used.example/forceDelete', {})).text).toContain('several tenants')
    await tenant.send('PATCH', `/applications/${robot}`, {signInAudience: 'AzureADMyOrg'})
    expect((await tenant.send('POST', '/domains/used.example/forceDelete', {})).status).toBe(204)
    const mail = `sales.${sales.slice(0, 8)}@syfuhs.onmicrosoft.com`
    expect((await tenant.send('GET', `/groups/${sales}`)).json).toMatchObject({mail, proxyAddresses: [`SMTP:${mail}`]})
    expect((await tenant.send('GET', `/groups/${other}`)).json['mail']).toBe('sales@syfuhs.onmicrosoft.com')
    expect((await tenant.send('GET', `/applications/${robot}`)).json['identifierUris']).toEqual([
      'https://App.syfuhs.onmicrosoft.com/x',
      'https://syfuhs.onmicrosoft.com',
    ])
  })

  test('leaves accounts enabled when it is told so', async () => {
    await newDomain('kept.example')
    const id = await newUser('lin@kept.example')
    await tenant.send('POST', '/domains/kept.example/forceDelete', {disableUserAccounts: false})
    expect(await shown(id)).toMatchObject({userPrincipalName: 'lin@syfuhs.onmicrosoft.com', accountEnabled: true})
  })

  test.each([
    ['the initial domain', 'syfuhs.onmicrosoft.com', 'initial domain'],
    ['a domain that is not there', 'nowhere.example', 'does not exist'],
    ['a domain with subdomains', 'parent.example', 'has subdomains that follow it: child.parent.example'],
  ])('is refused for %s', async (_, name, message) => {
    if (name === 'parent.example') {
      await newDomain(name)
      await newDomain('child.parent.example', false)
    }
    const refused = await tenant.send('POST', `/domains/${name}/forceDelete`, {})
    expect(refused.status).toBe(name === 'nowhere.example' ? 404 : 400)
    expect(refused.text).toContain(message)
  })

  test('is refused when it would block the last Global Administrator', async () => {
    await newDomain('boss.example')
    await tenant.send('PATCH', `/users/${tenant.administratorId}`, {userPrincipalName: 'boss@boss.example'})
    const refused = await tenant.send('POST', '/domains/boss.example/forceDelete', {})
    expect(refused.text).toContain('last Global Administrator')
    expect((await tenant.send('GET', '/domains/boss.example')).status).toBe(200)
  })
})

describe('promote', () => {
  test('makes a verified subdomain a root', async () => {
    await newDomain('top.example')
    await newDomain('sub.top.example', false)
    expect((await tenant.send('GET', '/domains/sub.top.example')).json).toMatchObject({isRoot: false, isVerified: true})
    expect((await tenant.send('POST', '/domains/sub.top.example/promote')).json).toMatchObject({value: true})
    expect((await tenant.send('GET', '/domains/sub.top.example')).json).toMatchObject({isRoot: true})
  })

  test.each([
    ['a root', 'top.example', 'is a root domain already'],
    ['a domain nobody has proved', 'new.example', 'is not verified'],
  ])('is refused for %s', async (_, name, message) => {
    if (name === 'new.example') await newDomain(name, false)
    expect((await tenant.send('POST', `/domains/${name}/promote`)).text).toContain(message)
  })
})

test('the records that services need are those of the services that the domain is used for', async () => {
  await newDomain('mail.example')
  await tenant.send('PATCH', '/domains/mail.example', {supportedServices: ['Email']})
  const {json} = await tenant.send('GET', '/domains/mail.example/serviceConfigurationRecords')
  const records = json['value'] as Json[]
  expect(records.map(({recordType, label}) => `${recordType} ${label}`)).toEqual([
    'Mx mail.example',
    'Txt mail.example',
    'CName autodiscover.mail.example',
  ])
  await newDomain('unproved.example', false)
  expect((await tenant.send('GET', '/domains/unproved.example/serviceConfigurationRecords')).status).toBe(400)
})

describe('onPremisesSynchronization', () => {
  const path = '/directory/onPremisesSynchronization'

  test('shows what is usual, and keeps what is changed', async () => {
    const {json} = await tenant.send('GET', path)
    const [one] = json['value'] as Json[]
    expect(one).toMatchObject({
      id: tenant.id,
      configuration: {
        accidentalDeletionPrevention: {alertThreshold: 500, synchronizationPreventionType: 'enabledForCount'},
      },
      features: {softMatchOnUpnEnabled: true, blockSoftMatchEnabled: false},
    })
    const change = {
      configuration: {
        accidentalDeletionPrevention: {alertThreshold: 10, synchronizationPreventionType: 'enabledForPercentage'},
      },
      features: {blockSoftMatchEnabled: true},
    }
    expect((await tenant.send('PATCH', `${path}/${tenant.id}`, change)).status).toBe(204)
    const after = (await tenant.send('GET', `${path}/${tenant.id}`)).json
    expect(after).toMatchObject({...change, features: {...(one?.['features'] as Json), blockSoftMatchEnabled: true}})
  })

  test.each([
    ['a percentage above 100', {configuration: {accidentalDeletionPrevention: {alertThreshold: 101}}}, 'from 1 to 100'],
    ['no feature', {features: {flyEnabled: true}}, "Property 'flyEnabled' does not exist"],
    ['turning off what stays on', {features: {softMatchOnUpnEnabled: false}}, 'cannot be turned off again'],
  ])('refuses %s', async (_, change, message) => {
    const refused = await tenant.send('PATCH', `${path}/${tenant.id}`, change)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain(message)
  })

  test('has no other id than the tenant', async () => {
    expect((await tenant.send('GET', `${path}/${tenant.administratorId}`)).status).toBe(404)
  })
})

test('revokeSignInSessions moves the time from which sessions count', async () => {
  const id = await newUser('mira@syfuhs.onmicrosoft.com')
  lab.clock.now = new Date('2026-11-21T11:30:00Z')
  const select = `/users/${id}?$select=signInSessionsValidFromDateTime`
  expect((await tenant.send('POST', `/users/${id}/revokeSignInSessions`)).json).toMatchObject({value: true})
  expect((await tenant.send('GET', select)).json).toMatchObject({
    signInSessionsValidFromDateTime: '2026-11-21T11:30:00Z',
  })
  const me = lab.sendAs({tenantId: tenant.id, accountId: id})
  lab.clock.now = new Date('2026-11-21T12:30:00Z')
  expect((await me('POST', '/me/revokeSignInSessions')).status).toBe(200)
  expect((await tenant.send('GET', select)).json).toMatchObject({
    signInSessionsValidFromDateTime: '2026-11-21T12:30:00Z',
  })
})
