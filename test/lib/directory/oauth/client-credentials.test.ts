import {createHash, createPrivateKey, randomUUID} from 'node:crypto'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {SignJWT} from 'jose'
import {
  ask,
  askGraph,
  askToken,
  forApplication,
  newClient,
  origin,
  readToken,
  refusal,
  type TestClient,
  withStore,
} from '../../../parts/oauth-lab.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../../parts/open-test-directory.ts'
import {newProvider, type Provider} from '../../../parts/sign-in-lab.ts'

const start = new Date('2026-11-21T10:00:00Z')
let lab: TestDirectory
let contoso: TestTenant
let client: TestClient
let identity: Provider
beforeAll(async () => {
  lab = await openTestDirectory()
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  client = await newClient(lab, contoso, {roles: ['User.Read.All', 'Domain.Read.All']})
  identity = await newProvider('certificate')
  const keyCredentials = [{type: 'AsymmetricX509Cert', usage: 'Verify', key: identity.certificate}]
  await contoso.send('PATCH', `/applications/${client.applicationId}`, {keyCredentials})
})
beforeEach(() => {
  lab.clock.now = start
})
afterAll(() => lab.close())

const token = async (): Promise<string> =>
  String((await askToken(lab, contoso.id, forApplication(client))).json['access_token'])

describe('a secret', () => {
  test('buys a token of the tenant, by its id or any name', async () => {
    for (const tenant of [contoso.id, 'contoso.onmicrosoft.com', 'CONTOSO.onmicrosoft.com']) {
      const {status, json, headers} = await askToken(lab, tenant, forApplication(client))
      expect({status, json}).toMatchObject({status: 200, json: {token_type: 'Bearer'}})
      expect(headers['cache-control']).toBe('no-store')
      expect(json['expires_in']).toBeGreaterThanOrEqual(3600)
      expect(json['expires_in']).toBeLessThanOrEqual(5400)
      expect(readToken(json['access_token'])).toMatchObject({
        aud: 'https://graph.microsoft.com',
        iss: `${origin}/${contoso.id}/v2.0`,
        tid: contoso.id,
        appid: client.appId,
        azp: client.appId,
        oid: client.servicePrincipalId,
        sub: client.servicePrincipalId,
        idtyp: 'app',
        roles: ['Domain.Read.All', 'User.Read.All'],
        ver: '2.0',
        exp: start.getTime() / 1000 + Number(json['expires_in']),
      })
      expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    }
  })

  test('can come in the Authorization header', async () => {
    const {client_id, client_secret, ...fields} = forApplication(client)
    const authorization = `Basic ${Buffer.from(`${client_id}:${encodeURIComponent(client_secret)}`).toString('base64')}`
    expect((await askToken(lab, contoso.id, fields, {authorization})).status).toBe(200)
    const wrong = `Basic ${Buffer.from(`${client_id}:wrong`).toString('base64')}`
    expect(await askToken(lab, contoso.id, fields, {authorization: wrong})).toMatchObject({
      status: 401,
      ...refusal('invalid_client', 7000215),
    })
  })

  test('buys what the application was given, no more', async () => {
    const got = await token()
    expect((await askGraph(lab, got, '/domains')).status).toBe(200)
    expect((await askGraph(lab, got, '/groups')).status).toBe(403)
  })

  test('is written down, with what was refused', async () => {
    await token()
    await askToken(lab, contoso.id, {...forApplication(client), client_secret: 'wrong'})
    const rows = await withStore(lab, ({read}) =>
      read((db) => db.selectFrom('signIns').selectAll().orderBy('sequence', 'desc').limit(2).execute()),
    )
    const common = {tenantId: contoso.id, appId: client.appId, ipAddress: '192.0.2.1', userId: null}
    expect(rows).toMatchObject([
      {...common, errorCode: 7000215},
      {...common, errorCode: 0},
    ])
    expect(JSON.stringify(rows)).not.toContain('wrong')
  })
})

describe('no token', () => {
  const graph = 'https://graph.microsoft.com'
  test.each<[string, number, string, number, Record<string, string>]>([
    ['a wrong secret', 401, 'invalid_client', 7000215, {client_secret: 'wrong'}],
    ['no secret', 401, 'invalid_client', 7000216, {client_secret: ''}],
    ['two credentials', 400, 'invalid_request', 9002313, {client_assertion: 'a.b.c'}],
    ['an unknown application', 400, 'unauthorized_client', 700016, {client_id: randomUUID()}],
    ['no application', 400, 'invalid_request', 900144, {client_id: ''}],
    ['no grant', 400, 'invalid_request', 900144, {grant_type: ''}],
    ['a grant of a name of objects', 400, 'unsupported_grant_type', 70003, {grant_type: 'constructor'}],
    ['the password of a user', 400, 'unsupported_grant_type', 70003, {grant_type: 'password'}],
    ['no scope', 400, 'invalid_request', 900144, {scope: ''}],
    ['a single scope', 400, 'invalid_scope', 1002012, {scope: `${graph}/User.Read.All`}],
    ['two resources', 400, 'invalid_scope', 28000, {scope: `${graph}/.default api://other/.default`}],
    ['a resource that is not there', 400, 'invalid_resource', 500011, {scope: 'api://other/.default'}],
  ])('for %s', async (_, status, error, aadsts, change) => {
    const {secret} = client
    const reply = await askToken(lab, contoso.id, {...forApplication(client), ...change})
    expect(reply).toMatchObject({status, ...refusal(error, aadsts)})
    expect(reply.json).toMatchObject({trace_id: expect.any(String), timestamp: '2026-11-21 10:00:00Z'})
    expect(reply.text).not.toContain(secret)
  })

  test('for an unknown tenant, for none, and for one that does not have the application', async () => {
    const fabrikam = await lab.newTenant('fabrikam.onmicrosoft.com')
    const at = (tenant: string) => askToken(lab, tenant, forApplication(client))
    expect(await at('nowhere.test')).toMatchObject({status: 400, ...refusal('invalid_request', 90002)})
    expect(await at(randomUUID())).toMatchObject(refusal('invalid_request', 90002))
    expect(await at(fabrikam.id)).toMatchObject(refusal('unauthorized_client', 700016))
    expect(await at('common')).toMatchObject(refusal('invalid_request', 50194))
    const open = await newClient(lab, contoso, {signInAudience: 'AzureADMultipleOrgs'})
    expect(await askToken(lab, 'common', forApplication(open))).toMatchObject(refusal('invalid_request', 50059))
    expect(await askToken(lab, fabrikam.id, forApplication(open))).toMatchObject(refusal('invalid_client', 7000229))
  })

  test('for a secret that is not valid yet', async () => {
    lab.clock.now = new Date('2025-12-31T23:59:59Z')
    expect(await askToken(lab, contoso.id, forApplication(client))).toMatchObject(refusal('invalid_client', 7000215))
  })

  test('for a secret that has ended', async () => {
    lab.clock.now = new Date('2028-01-01T00:00:00Z')
    expect(await askToken(lab, contoso.id, forApplication(client))).toMatchObject(refusal('invalid_client', 7000222))
  })

  test('for a form that is none, or says something twice', async () => {
    const path = `/${contoso.id}/oauth2/v2.0/token`
    const json = await ask(lab, path, forApplication(client), {'content-type': 'application/json'})
    expect(json).toMatchObject(refusal('invalid_request', 9002313))
    const url = `${origin}${path}`
    const headers = {'content-type': 'application/x-www-form-urlencoded'}
    const twice = await lab.directory.fetch({method: 'POST', url, headers, body: 'scope=a&scope=b'})
    expect(JSON.parse(twice.body)).toMatchObject(refusal('invalid_request', 9002313).json)
  })
})

describe('an assertion', () => {
  const sha = (algorithm: string) => createHash(algorithm).update(identity.der).digest('base64url')
  const sign = (claims: object, header: object, key = identity.key): Promise<string> => {
    const seconds = Math.floor(start.getTime() / 1000)
    const {appId} = client
    return new SignJWT({
      aud: `${origin}/${contoso.id}/oauth2/v2.0/token`,
      iss: appId,
      sub: appId,
      nbf: seconds,
      exp: seconds + 600,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({alg: 'PS256', 'x5t#S256': sha('sha256'), ...header})
      .sign(createPrivateKey(key))
  }
  const present = (assertion: string, more: Record<string, string> = {}) =>
    askToken(lab, contoso.id, {
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      client_id: client.appId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...more,
    })

  test.each<[string, object, object]>([
    ['RS256 and SHA-1', {}, {alg: 'RS256', 'x5t#S256': undefined, x5t: 'sha1'}],
    ['PS256 and SHA-256', {}, {}],
    ['for the issuer', {aud: 'issuer'}, {}],
  ])('buys a token: %s', async (_, claims, {x5t, ...header}: {x5t?: string}) => {
    const aud = 'aud' in claims ? {aud: `${origin}/${contoso.id}/v2.0`} : {}
    const {status, json} = await present(await sign(aud, {...header, ...(x5t && {x5t: sha('sha1')})}))
    expect({status, json}).toMatchObject({status: 200})
    expect(readToken(json['access_token'])).toMatchObject({azpacr: '2'})
  })

  test('may come again while it is valid, as clients send it, and need not be with the id of the client', async () => {
    const assertion = await sign({}, {})
    expect((await present(assertion, {client_id: ''})).status).toBe(200)
    expect((await present(assertion)).status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 14 * 60_000)
    expect(await present(assertion)).toMatchObject(refusal('invalid_client', 700024))
  })

  test.each<[string, number, object, object]>([
    ['for another address', 700023, {aud: 'https://login.microsoftonline.com/common/oauth2/v2.0/token'}, {}],
    ['of another application', 700021, {sub: 'other'}, {}],
    ['by another issuer', 700021, {iss: 'other'}, {}],
    ['for the future', 700024, {nbf: start.getTime() / 1000 + 400}, {}],
    ['for too long', 700024, {exp: start.getTime() / 1000 + 3600}, {}],
    ['without an end', 700024, {exp: undefined}, {}],
    ['with an unknown certificate', 700027, {}, {'x5t#S256': 'unknown'}],
    ['with no certificate', 700027, {}, {'x5t#S256': undefined}],
    ['with an algorithm that is not accepted', 700027, {}, {alg: 'PS512'}],
  ])('is refused %s', async (_, aadsts, claims, header) => {
    expect(await present(await sign(claims, header))).toMatchObject({status: 401, ...refusal('invalid_client', aadsts)})
  })

  test('is refused when another key signed it, when it is changed, or when it is none', async () => {
    const other = await newProvider('other')
    expect(await present(await sign({}, {}, other.key))).toMatchObject(refusal('invalid_client', 700027))
    const [header, , signature] = (await sign({}, {})).split('.')
    const claims = Buffer.from(JSON.stringify({sub: client.appId})).toString('base64url')
    expect(await present(`${header}.${claims}.${signature}`)).toMatchObject(refusal('invalid_client', 700027))
    expect(await present('nothing')).toMatchObject(refusal('invalid_client', 50027))
    const type = {client_assertion_type: 'other'}
    expect(await present(await sign({}, {}), type)).toMatchObject(refusal('invalid_request', 9002313))
  })
})
