import {createHash} from 'node:crypto'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {askToken, forApplication, newClient} from '../../parts/oauth-lab.ts'
import {
  openTestDirectory,
  type Send,
  sender,
  type TestDirectory,
  type TestTenant,
} from '../../parts/open-test-directory.ts'
import {openBrowser} from '../../parts/test-browser.ts'

const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf'
const privilegedAuthenticationAdministrator = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13'
const passwordMethod = '28c10230-6103-485e-b985-444c60001490'

const password = 'Correct-horse-7'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

/** An application with permissions and, when one is named, a role of the directory. */
async function application(permissions: readonly string[], role?: string): Promise<Send> {
  const client = await newClient(lab, tenant, {roles: permissions})
  if (role !== undefined) await give(role, client.servicePrincipalId)
  const {json} = await askToken(lab, tenant.id, forApplication(client))
  return sender(lab.directory, String(json['access_token']))
}

/** An application that may do for a user whatever that user may. */
async function forUser(id: string): Promise<Send> {
  const scopes = ['Directory.AccessAsUser.All']
  const redirect_uri = 'http://localhost'
  const {appId: client_id} = await newClient(lab, tenant, {scopes, publicClient: {redirectUris: [redirect_uri]}})
  const {json: user} = await tenant.send('GET', `/users/${id}`)
  await tenant.send('PATCH', `/users/${id}`, {passwordProfile: {password, forceChangePasswordNextSignIn: false}})
  const code_verifier = 'a'.repeat(43)
  const question = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: 'code',
    scope: 'https://graph.microsoft.com/.default',
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: String(user['userPrincipalName']),
  })
  const browser = openBrowser(lab)
  const page = await browser.go(`/${tenant.id}/oauth2/v2.0/authorize?${question}`)
  const code = new URL((await browser.submit(page, {passwd: password})).leadsTo).searchParams.get('code') ?? ''
  const fields = {grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier}
  const {json} = await askToken(lab, tenant.id, fields)
  return sender(lab.directory, String(json['access_token']))
}

async function give(role: string, holderId: string): Promise<void> {
  await tenant.send('POST', '/directoryRoles', {roleTemplateId: role})
  const body = {'@odata.id': `https://x/directoryObjects/${holderId}`}
  expect((await tenant.send('POST', `/directoryRoles/roleTemplateId=${role}/members/$ref`, body)).status).toBe(204)
}

let users = 0
async function newUser(role?: string): Promise<string> {
  const name = `u${++users}`
  const {json} = await tenant.send('POST', '/users', {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@syfuhs.onmicrosoft.com`,
    passwordProfile: {password},
  })
  if (role !== undefined) await give(role, String(json['id']))
  return String(json['id'])
}

const takeovers = [
  {passwordProfile: {password: 'Taken-over-7'}},
  {passwordProfile: {forceChangePasswordNextSignIn: false}},
  {onPremisesImmutableId: 'of somebody else'},
  {userPrincipalName: 'other@syfuhs.onmicrosoft.com'},
  {accountEnabled: false},
  {mobilePhone: '+1 555 0100'},
  {otherMails: ['me@evil.test']},
]

test('what an administrator signs in with is not changed by who may change users', async () => {
  const send = await application(['User.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'])
  const id = await newUser(userAdministrator)
  for (const body of takeovers) expect([body, (await send('PATCH', `/users/${id}`, body)).status]).toEqual([body, 403])
  const reset = `/users/${id}/authentication/methods/${passwordMethod}/resetPassword`
  expect((await send('POST', reset)).status).toBe(403)
  expect((await send('DELETE', `/users/${id}`)).status).toBe(403)
  expect((await send('DELETE', `/directoryObjects/${id}`)).status).toBe(403)
  expect((await send('PATCH', `/users/${id}`, {jobTitle: 'Boss'})).status).toBe(204)
  await tenant.send('DELETE', `/users/${id}`)
  for (const path of [`/directory/deletedItems/${id}`, `/users/${id}`])
    expect((await send('POST', `${path}/restore`)).status).toBe(403)
  expect((await send('DELETE', `/directory/deletedItems/${id}`)).status).toBe(403)
})

test('nor of somebody who has a role through a group', async () => {
  const send = await application(['User.ReadWrite.All'])
  const id = await newUser()
  const {json: group} = await tenant.send('POST', '/groups', {
    displayName: 'Keepers',
    mailEnabled: false,
    mailNickname: 'keepers',
    securityEnabled: true,
    isAssignableToRole: true,
  })
  await give(userAdministrator, String(group['id']))
  expect((await send('PATCH', `/users/${id}`, {accountEnabled: false})).status).toBe(204)
  await tenant.send('POST', `/groups/${group['id']}/members/$ref`, {'@odata.id': `https://x/users/${id}`})
  expect((await send('PATCH', `/users/${id}`, {accountEnabled: true})).status).toBe(403)
})

test('nor by a user who may change users, but by one who may do everything', async () => {
  const id = await newUser(userAdministrator)
  const helper = await forUser(await newUser(userAdministrator))
  for (const body of takeovers.slice(0, 5))
    expect([body, (await helper('PATCH', `/users/${id}`, body)).status]).toEqual([body, 403])
  expect((await helper('PATCH', `/users/${await newUser()}`, {accountEnabled: false})).status).toBe(204)
  const everything = await forUser(tenant.administratorId)
  expect((await everything('PATCH', `/users/${id}`, {accountEnabled: false})).status).toBe(204)
})

test('it is changed by who may do it to everybody, and of harmless roles by all who may change users', async () => {
  const send = await application(['User.ReadWrite.All'], privilegedAuthenticationAdministrator)
  expect((await send('PATCH', `/users/${await newUser(userAdministrator)}`, {accountEnabled: false})).status).toBe(204)
  const plain = await application(['User.ReadWrite.All'])
  expect((await plain('PATCH', `/users/${await newUser(reportsReader)}`, {accountEnabled: false})).status).toBe(204)
})

test('of what synchronisation mirrors a token sets the immutable id alone', async () => {
  const send = await application(['User.ReadWrite.All'])
  const id = await newUser()
  for (const body of [
    {proxyAddresses: ['SMTP:a@syfuhs.onmicrosoft.com']},
    {onPremisesSyncEnabled: true},
    {onPremisesSecurityIdentifier: 'S-1-5-21-1'},
    {onPremisesLastSyncDateTime: '2026-01-01T00:00:00Z'},
  ])
    expect((await send('PATCH', `/users/${id}`, body)).status).toBe(400)
  expect((await send('PATCH', `/users/${id}`, {onPremisesImmutableId: 'anchor'})).status).toBe(204)
  expect((await tenant.send('PATCH', `/users/${id}`, {onPremisesSyncEnabled: true})).status).toBe(204)
})
