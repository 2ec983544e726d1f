import {createHash, createPrivateKey, randomBytes, randomUUID} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {SignJWT} from 'jose'
import {openTickets} from '../../../src/lib/directory/api/authorize.ts'
import {dispatcher} from '../../../src/lib/directory/api/dispatch.ts'
import {graphRoutes} from '../../../src/lib/directory/open-directory.ts'
import {access} from '../../../src/lib/directory/rules/access.ts'
import {isSecret} from '../../../src/lib/directory/rules/application-secrets.ts'
import {
  graphAppId,
  graphPermissions,
  graphServicePrincipalId,
} from '../../../src/lib/directory/rules/graph-permissions.ts'
import {listKeys, listSecrets} from '../../../src/lib/directory/store/application-credentials.ts'
import {listAppRoles, listGrantedScopes} from '../../../src/lib/directory/store/clients.ts'
import type {Queries} from '../../../src/lib/directory/store/schema.ts'
import {withStore} from '../../parts/oauth-lab.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

/** Registers an application, with its service principal when it is to have one. */
async function register(body: Json = {}, principal = true): Promise<{id: string; appId: string; principal: string}> {
  const {status, json} = await tenant.send('POST', '/applications', {displayName: 'Robot', ...body})
  expect(status).toBe(201)
  const [id, appId] = [String(json['id']), String(json['appId'])]
  if (!principal) return {id, appId, principal: ''}
  const made = await tenant.send('POST', '/servicePrincipals', {appId})
  expect(made.status).toBe(201)
  return {id, appId, principal: String(made.json['id'])}
}

describe('applications', () => {
  test('a new one has an appId and what the service fills in', async () => {
    const body = {displayName: 'Sales', web: {redirectUris: ['https://sales.example/back']}}
    const {json} = await tenant.send('POST', '/applications', body)
    expect(json).toMatchObject({
      signInAudience: 'AzureADMyOrg',
      publisherDomain: 'syfuhs.onmicrosoft.com',
      keyCredentials: [],
      passwordCredentials: [],
      api: {oauth2PermissionScopes: []},
      spa: {redirectUris: []},
      web: {redirectUris: ['https://sales.example/back'], implicitGrantSettings: {enableIdTokenIssuance: false}},
    })
    const found = await tenant.send('GET', `/applications(appId='${json['appId']}')`)
    expect(found.json).toEqual(json)
  })

  test('a change inside an object leaves the rest of it', async () => {
    const {id} = await register({web: {redirectUris: ['https://a.example'], homePageUrl: 'https://a.example'}}, false)
    expect((await tenant.send('PATCH', `/applications/${id}`, {web: {redirectUris: []}})).status).toBe(204)
    const {json} = await tenant.send('GET', `/applications/${id}`)
    expect(json['web']).toMatchObject({redirectUris: [], homePageUrl: 'https://a.example'})
  })

  test.each<[string, Json]>([
    ['redirectUris', {web: {redirectUris: ['http://sales.example']}}],
    ['redirectUris', {spa: {redirectUris: ['https://sales.example/#here']}}],
    ['redirectUris', {publicClient: {redirectUris: ['javascript:alert(1)']}}],
    ['verified domain', {identifierUris: ['https://other.example/api']}],
    ['identifier URI', {identifierUris: ['robot']}],
    ["'nonsense'", {web: {nonsense: true}}],
    ['GUID', {appRoles: [{id: 'one', allowedMemberTypes: ['User']}]}],
    ['without an id', {appRoles: [{allowedMemberTypes: ['User']}]}],
    ['certificate', {keyCredentials: [{key: 'YWJj', type: 'AsymmetricX509Cert', usage: 'Verify'}]}],
  ])('is refused for its %s', async (said, body) => {
    const {status, text} = await tenant.send('POST', '/applications', {displayName: 'Wrong', ...body})
    expect([status, text]).toEqual([400, expect.stringContaining(said)])
  })

  test('an identifier URI belongs to one application only', async () => {
    await register({identifierUris: ['api://once']}, false)
    const {status, text} = await tenant.send('POST', '/applications', {
      displayName: 'B',
      identifierUris: ['API://once'],
    })
    expect([status, text]).toEqual([400, expect.stringContaining('ObjectConflict')])
  })

  test('a role goes only when it is disabled', async () => {
    const role = {id: '11111111-1111-4111-8111-111111111111', allowedMemberTypes: ['Application'], value: 'Do'}
    const {id} = await register({appRoles: [role]}, false)
    const refused = await tenant.send('PATCH', `/applications/${id}`, {appRoles: []})
    expect(refused.text).toContain('CannotDeleteOrUpdateEnabledEntitlement')
    await tenant.send('PATCH', `/applications/${id}`, {appRoles: [{...role, isEnabled: false}]})
    expect((await tenant.send('PATCH', `/applications/${id}`, {appRoles: []})).status).toBe(204)
  })
})

describe('service principals', () => {
  test('one has what its application has, also later, and goes with it', async () => {
    const {id, appId, principal} = await register({web: {redirectUris: ['https://a.example']}})
    const path = `/servicePrincipals/${principal}`
    expect((await tenant.send('GET', path)).json).toMatchObject({
      appId,
      displayName: 'Robot',
      accountEnabled: true,
      servicePrincipalType: 'Application',
      replyUrls: ['https://a.example'],
      servicePrincipalNames: [appId],
      appOwnerOrganizationId: tenant.id,
    })
    await tenant.send('PATCH', `/applications/${id}`, {displayName: 'Robot 2', identifierUris: [`api://${appId}`]})
    expect((await tenant.send('GET', path)).json).toMatchObject({
      displayName: 'Robot 2',
      servicePrincipalNames: [`api://${appId}`, appId],
    })
    expect((await tenant.send('DELETE', `/applications/${id}`)).status).toBe(204)
    expect((await tenant.send('GET', path)).status).toBe(404)
    expect((await tenant.send('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(200)
    expect((await tenant.send('GET', path)).json).toMatchObject({displayName: 'Robot 2', deletedDateTime: null})
  })

  test('is refused without an application, and twice', async () => {
    const none = await tenant.send('POST', '/servicePrincipals', {appId: '11111111-1111-4111-8111-111111111111'})
    expect([none.status, none.text]).toEqual([400, expect.stringContaining('NoBackingApplicationObject')])
    const {appId} = await register()
    const twice = await tenant.send('POST', '/servicePrincipals', {appId})
    expect([twice.status, twice.text]).toEqual([409, expect.stringContaining('is already in use')])
  })

  test('Microsoft Graph is in every tenant with its permissions, and stays as it is', async () => {
    const path = `/servicePrincipals(appId='${graphAppId}')`
    const {json} = await tenant.send('GET', path)
    expect(json).toMatchObject({displayName: 'Microsoft Graph'})
    expect(json['appRoles']).toContainEqual(
      expect.objectContaining({value: 'User.Read.All', id: 'df021288-bdef-4463-88db-98f22de89214'}),
    )
    expect(json['oauth2PermissionScopes']).toContainEqual(
      expect.objectContaining({value: 'User.Read', id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'User'}),
    )
    for (const [method, rest, body] of [
      ['DELETE', '', undefined],
      ['PATCH', '', {tags: ['mine']}],
      ['POST', '/addPassword', {}],
    ] as const)
      expect((await tenant.send(method, path + rest, body)).status).toBe(400)
  })

  test('Graph has every permission that something here asks for, each once', () => {
    const names = graphPermissions.map(({name}) => name)
    const asked = Object.values(access).flatMap(({permissions}) => permissions)
    expect(asked.filter((name) => !names.includes(name))).toEqual([])
    const ids = graphPermissions.flatMap(({roleId, scopeId}) => [roleId ?? [], scopeId ?? []].flat())
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('credentials', () => {
  test('a secret is shown once, kept as a hash, and removed', async () => {
    const {id} = await register()
    const given = {passwordCredential: {displayName: 'pipeline'}}
    const {json, status} = await tenant.send('POST', `/applications/${id}/addPassword`, given)
    expect(status).toBe(200)
    const secret = String(json['secretText'])
    expect(secret).toMatch(/^[\w.]{3}8Q~[\w.]{34}$/)
    expect(json).toMatchObject({
      displayName: 'pipeline',
      hint: secret.slice(0, 3),
      startDateTime: '2026-11-21T10:00:00Z',
      endDateTime: '2028-11-21T10:00:00Z',
    })
    const shown = await tenant.send('GET', `/applications/${id}`)
    expect(shown.json['passwordCredentials']).toMatchObject([{hint: secret.slice(0, 3), secretText: null}])
    const [kept] = await inStore((db) => listSecrets(db, [id]))
    expect([secret, `${secret}.`, secret.replace('~', '.')].map((one) => isSecret(one, `${kept?.secretHash}`))).toEqual(
      [true, false, false],
    )
    const {keyId} = json
    expect((await tenant.send('POST', `/applications/${id}/removePassword`, {keyId})).status).toBe(204)
    const again = await tenant.send('POST', `/applications/${id}/removePassword`, {keyId})
    expect([again.status, again.text]).toEqual([400, expect.stringContaining('No password credential found')])
    expect(await inStore((db) => listSecrets(db, [id]))).toEqual([])
  })

  test('a secret comes with a new application, but not with a change', async () => {
    const {json} = await tenant.send('POST', '/applications', {displayName: 'A', passwordCredentials: [{}]})
    expect(json['passwordCredentials']).toMatchObject([{secretText: expect.stringContaining('Q~')}])
    const {status, text} = await tenant.send('PATCH', `/applications/${json['id']}`, {passwordCredentials: [{}]})
    expect([status, text]).toEqual([400, expect.stringContaining('service actions')])
  })

  test('certificates are kept by their ids, and what is not given goes', async () => {
    const {id} = await register()
    const key = rsaKey()
    const newCertificate = async (subject: string): Promise<Json> => ({
      key: Buffer.from((await signingIdentity(key, {subject})).certificate.der).toString('base64'),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
    })
    const [first, second] = [await newCertificate('CN=first'), await newCertificate('CN=second')]
    const path = `/applications/${id}`
    expect((await tenant.send('PATCH', path, {keyCredentials: [first]})).status).toBe(204)
    const [kept] = (await tenant.send('GET', path)).json['keyCredentials'] as Json[]
    const thumbprint = createHash('sha1')
      .update(Buffer.from(`${first['key']}`, 'base64'))
      .digest('hex')
      .toUpperCase()
    expect(kept).toMatchObject({displayName: 'CN=first', key: null, customKeyIdentifier: thumbprint})
    const selected = await tenant.send('GET', `${path}?$select=id,keyCredentials`)
    expect(selected.json['keyCredentials']).toMatchObject([{key: first?.['key']}])
    expect((await tenant.send('PATCH', path, {keyCredentials: [kept, second]})).status).toBe(204)
    expect(await inStore((db) => listKeys(db, [id]))).toHaveLength(2)
    const twice = await tenant.send('PATCH', path, {keyCredentials: [kept, first]})
    expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('twice')])
    await tenant.send('PATCH', path, {keyCredentials: []})
    expect(await inStore((db) => listKeys(db, [id]))).toEqual([])
  })
})

describe('addKey', () => {
  /** An application with a certificate, and a proof of its key as `change` would have it. */
  async function proving(change: {audience?: string; issuer?: string; minutes?: number; key?: string} = {}) {
    const {id} = await register()
    const key = rsaKey()
    const certificate = async (): Promise<Json> => ({
      key: Buffer.from((await signingIdentity(key, {subject: `CN=${rsaKeys++}`})).certificate.der).toString('base64'),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
    })
    await tenant.send('PATCH', `/applications/${id}`, {keyCredentials: [await certificate()]})
    const proof = await new SignJWT()
      .setProtectedHeader({alg: 'RS256'})
      .setAudience(change.audience ?? '00000002-0000-0000-c000-000000000000')
      .setIssuer(change.issuer ?? id)
      .setNotBefore(lab.clock.now)
      .setExpirationTime(new Date(lab.clock.now.getTime() + (change.minutes ?? 10) * 60_000))
      .sign(createPrivateKey(change.key ?? key))
    return tenant.send('POST', `/applications/${id}/addKey`, {keyCredential: await certificate(), proof})
  }

  test('takes a certificate from who proves to have the key of another', async () => {
    const {status, json} = await proving()
    expect([status, json]).toMatchObject([200, {key: null, type: 'AsymmetricX509Cert'}])
  })

  test.each<[string, Parameters<typeof proving>[0]]>([
    ['for Graph', {audience: graphAppId}],
    ['of another application', {issuer: '11111111-1111-4111-8111-111111111111'}],
    ['that lives longer than ten minutes', {minutes: 11}],
    ['that is over', {minutes: -1}],
    ['by another key', {key: rsaKey()}],
  ])('refuses a proof %s', async (_, change) => {
    const {status, json} = await proving(change)
    expect([status, json]).toMatchObject([401, {error: {code: 'Authentication_MissingOrMalformed'}}])
  })
})

describe('permissions', () => {
  const userReadAll = 'df021288-bdef-4463-88db-98f22de89214'

  test('an application is given what Graph has, once, and it is taken away', async () => {
    const {principal} = await register()
    const graph = (await tenant.send('GET', `/servicePrincipals(appId='${graphAppId}')`)).json['id']
    const path = `/servicePrincipals/${principal}/appRoleAssignments`
    const body = {appRoleId: userReadAll, principalId: principal, resourceId: graph}
    const held = {principalId: principal, resourceId: graphServicePrincipalId(tenant.id)}
    const made = await tenant.send('POST', path, body)
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        ...body,
        principalDisplayName: 'Robot',
        principalType: 'ServicePrincipal',
        resourceDisplayName: 'Microsoft Graph',
      },
    ])
    expect(await inStore((db) => listAppRoles(db, held))).toEqual([userReadAll])
    const again = await tenant.send('POST', path, body)
    expect([again.status, again.text]).toEqual([400, expect.stringContaining('already exists on the object')])
    expect((await tenant.send('GET', path)).json['value']).toHaveLength(1)
    const given = await tenant.send(
      'GET',
      `/servicePrincipals/${graph}/appRoleAssignedTo?$filter=principalId eq '${principal}'`,
    )
    expect(given.json['value']).toMatchObject([{id: made.json['id']}])
    expect((await tenant.send('DELETE', `${path}/${made.json['id']}`)).status).toBe(204)
    expect(await inStore((db) => listAppRoles(db, held))).toEqual([])
  })

  test('a role that is not offered, or of another path, is refused', async () => {
    const {principal} = await register()
    const graph = (await tenant.send('GET', `/servicePrincipals(appId='${graphAppId}')`)).json['id']
    const path = `/servicePrincipals/${principal}/appRoleAssignments`
    for (const [body, said] of [
      [{appRoleId: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', principalId: principal}, 'was not found on application'],
      [{appRoleId: userReadAll, principalId: tenant.administratorId}, 'of the path'],
      [{principalId: principal}, 'A value is required'],
    ] as const) {
      const {status, text} = await tenant.send('POST', path, {...body, resourceId: graph})
      expect([status, text]).toEqual([400, expect.stringContaining(said)])
    }
    const toUser = `/users/${tenant.administratorId}/appRoleAssignments`
    const body = {appRoleId: userReadAll, principalId: tenant.administratorId, resourceId: graph}
    expect((await tenant.send('POST', toUser, body)).status).toBe(400)
  })

  test('scopes are granted for a user or for all, once each', async () => {
    const {principal: clientId} = await register()
    const resourceId = (await tenant.send('GET', `/servicePrincipals(appId='${graphAppId}')`)).json['id']
    const grant = async (body: Json) => tenant.send('POST', '/oauth2PermissionGrants', {clientId, resourceId, ...body})
    const userId = tenant.administratorId
    const {json} = await grant({consentType: 'AllPrincipals', scope: ' User.Read  openid '})
    expect(json).toMatchObject({scope: 'User.Read openid', principalId: null})
    expect((await grant({consentType: 'AllPrincipals', scope: 'email'})).status).toBe(409)
    expect((await grant({consentType: 'Principal', scope: 'email'})).status).toBe(400)
    expect((await grant({consentType: 'Principal', principalId: userId, scope: 'email'})).status).toBe(201)
    const scopes = () =>
      inStore((db) => listGrantedScopes(db, {clientId, resourceId: graphServicePrincipalId(tenant.id), userId}))
    expect((await scopes()).toSorted()).toEqual(['User.Read', 'email', 'openid'])
    const own = await tenant.send('GET', `/users/${userId}/oauth2PermissionGrants?$filter=clientId eq '${clientId}'`)
    expect(own.json['value']).toMatchObject([{scope: 'email'}])
    await tenant.send('PATCH', `/oauth2PermissionGrants/${json['id']}`, {scope: 'openid'})
    expect((await scopes()).toSorted()).toEqual(['email', 'openid'])
    await tenant.send('DELETE', `/oauth2PermissionGrants/${json['id']}`)
    expect(await scopes()).toEqual(['email'])
  })
})

describe('an Application Administrator', () => {
  /** What a user with this role is answered, for whom an application may do all that applications can be let do. */
  async function asAdministrator(roleTemplateId: string, method: 'POST' | 'GET', path: string, body?: Json) {
    const user = await tenant.send('POST', '/users', {
      accountEnabled: true,
      displayName: 'Ada',
      mailNickname: 'ada',
      passwordProfile: {password: 'Xy9!kLm2#Qw4'},
      userPrincipalName: `ada${rsaKeys++}@syfuhs.onmicrosoft.com`,
    })
    const accountId = String(user.json['id'])
    const role = await tenant.send('GET', `/directoryRoles(roleTemplateId='${roleTemplateId}')`)
    const {json} = role.status === 200 ? role : await tenant.send('POST', '/directoryRoles', {roleTemplateId})
    const reference = {'@odata.id': `https://graph.test/v1.0/directoryObjects/${accountId}`}
    await tenant.send('POST', `/directoryRoles/${json['id']}/members/$ref`, reference)
    const permissions = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All']
    return withStore(lab, async (store) => {
      const services = {
        store,
        now: () => lab.clock.now,
        newId: () => randomUUID(),
        randomBytes: (size: number) => randomBytes(size),
        resolveTxt: async () => [],
        replyAddresses: [],
      }
      const gate = {
        tickets: openTickets(services.randomBytes),
        readAccessToken: async () => ({kind: 'user', tenantId: tenant.id, appId: 'x', accountId, permissions}) as const,
      }
      const fetch = dispatcher({open: [], store: [], tenant: [], graph: graphRoutes}, services, gate)
      const url = `http://directory.test/v1.0${path}`
      const headers = {authorization: 'Bearer token'}
      const {status, body: text} = await fetch({method, url, headers, ...(body && {body: JSON.stringify(body)})})
      return {status, json: JSON.parse(text) as Json, accountId}
    })
  }
  const [applicationAdministrator, privilegedRoleAdministrator] = [
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    'e8611ab8-c189-46e8-94e1-60213ab1f814',
  ]

  test('owns what it makes', async () => {
    const {json, accountId} = await asAdministrator(applicationAdministrator, 'POST', '/applications', {
      displayName: 'Own',
    })
    const owners = await tenant.send('GET', `/applications/${json['id']}/owners`)
    expect(owners.json['value']).toMatchObject([{id: accountId}])
  })

  test('gives roles of applications, but not what Graph lets applications do', async () => {
    const role = {id: '11111111-1111-4111-8111-111111111111', allowedMemberTypes: ['Application'], value: 'Do'}
    const offer = await register({appRoles: [role]})
    const {principal} = await register()
    const graph = (await tenant.send('GET', `/servicePrincipals(appId='${graphAppId}')`)).json['id']
    const path = `/servicePrincipals/${principal}/appRoleAssignments`
    const own = {principalId: principal, resourceId: offer.principal, appRoleId: role.id}
    const all = {principalId: principal, resourceId: graph, appRoleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7'}
    expect((await asAdministrator(applicationAdministrator, 'POST', path, own)).status).toBe(201)
    const refused = await asAdministrator(applicationAdministrator, 'POST', path, all)
    expect([refused.status, refused.json]).toMatchObject([403, {error: {code: 'Authorization_RequestDenied'}}])
    expect((await asAdministrator(privilegedRoleAdministrator, 'POST', path, all)).status).toBe(201)
  })
})

let rsaKeys = 0

const inStore = <Found>(work: (db: Queries) => Promise<Found>): Promise<Found> =>
  withStore(lab, (store) => store.read(work))
