import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {sql} from 'kysely'
import {
  ask,
  askGraph,
  askToken,
  newClient,
  origin,
  readToken,
  refusal,
  type TestClient,
  withStore,
} from '../../../parts/oauth-lab.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider, newToken, newUser, type Provider, saml} from '../../../parts/sign-in-lab.ts'
import {openBrowser, type Page, type TestBrowser} from '../../../parts/test-browser.ts'

const start = new Date('2026-11-21T10:00:00Z')
const ada = 'ada@contoso.onmicrosoft.com'
const password = 'Correct-horse-7'
const graceId = 'Z3JhY2Vncg=='
let lab: TestDirectory
let contoso: TestTenant
let device: TestClient
let service: TestClient
let sts: Provider

beforeAll(async () => {
  lab = await openTestDirectory()
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  device = await newClient(lab, contoso, {
    scopes: ['User.Read.All'],
    displayName: 'Printer',
    isFallbackPublicClient: true,
  })
  service = await newClient(lab, contoso, {scopes: ['User.Read.All']})
  await contoso.send('POST', '/users', {
    accountEnabled: true,
    displayName: 'Ada',
    mailNickname: 'ada',
    userPrincipalName: ada,
    passwordProfile: {password, forceChangePasswordNextSignIn: false},
  })
  sts = await newProvider('urn:sts')
  await newDomain(contoso, 'federated.test')
  await federate(contoso, 'federated.test', sts)
  await newUser(contoso, 'grace@federated.test', graceId)
})
beforeEach(() => {
  lab.clock.now = start
})
afterAll(() => lab.close())

const scope = 'https://graph.microsoft.com/.default offline_access'

test('of devices that wait the last 20,000 are remembered', async () => {
  const count = () =>
    withStore(lab, (store) => store.read((db) => db.selectFrom('deviceCodes').select('userCode').execute()))
  await withStore(lab, (store) =>
    store.change((db) =>
      sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20101)
        insert into "deviceCodes" ("deviceCodeHash", "userCode", "appId", "scope", "expiresDateTime", "state")
        select 'h' || i, 'c' || i, 'x', 'x', '2026-11-21T10:' || (10 + i / 5000) || ':00.000Z', 'pending' from n`.execute(
        db,
      ),
    ),
  )
  const {json} = await ask(lab, `/${contoso.id}/oauth2/v2.0/devicecode`, {client_id: device.appId, scope})
  const codes = (await count()).map(({userCode}) => userCode)
  expect(codes).toHaveLength(20_101 - 4999 + 1)
  expect(codes).toContain(json['user_code'])
  await withStore(lab, (store) => store.change((db) => db.deleteFrom('deviceCodes').execute()))
})

describe('a device', () => {
  const begin = async (change: Record<string, string> = {}): Promise<Json> =>
    (await ask(lab, `/${contoso.id}/oauth2/v2.0/devicecode`, {client_id: device.appId, scope, ...change})).json
  const poll = (code: unknown, change: Record<string, string> = {}, tenant = contoso.id) =>
    askToken(lab, tenant, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: device.appId,
      device_code: String(code),
      ...change,
    })
  const typeCode = async (browser: TestBrowser, otc: unknown): Promise<Page> =>
    browser.submit(await browser.go('/common/oauth2/deviceauth'), {otc: String(otc)})
  const signIn = async (browser: TestBrowser, otc: unknown): Promise<Page> => {
    const name = await typeCode(browser, otc)
    return browser.submit(await browser.submit(name, {login: ada}), {passwd: password})
  }
  const wait = (seconds: number): void => {
    lab.clock.now = new Date(lab.clock.now.getTime() + seconds * 1000)
  }

  test('waits until its user has signed in elsewhere and said yes, and has its tokens once', async () => {
    const begun = await begin()
    expect(begun).toMatchObject({
      user_code: expect.stringMatching(/^[A-HJ-NP-Z2-9]{9}$/),
      verification_uri: `${origin}/common/oauth2/deviceauth`,
      expires_in: 900,
      interval: 5,
      message: expect.stringContaining(String(begun['user_code'])),
    })
    expect(await poll(begun['device_code'])).toMatchObject({status: 400, ...refusal('authorization_pending', 70016)})
    expect((await poll(begun['device_code'])).json).toMatchObject({error: 'slow_down'})
    wait(5)
    expect((await poll(begun['device_code'])).json).toMatchObject({error: 'authorization_pending'})
    const browser = openBrowser(lab)
    const question = await signIn(browser, ` ${String(begun['user_code']).toLowerCase()} `)
    expect(question.body).toContain('Are you trying to sign in to Printer?')
    expect((await poll(begun['device_code'])).json).toMatchObject({error: 'slow_down'})
    expect((await browser.submit(question, {confirm: '1'})).body).toContain('You have signed in')
    const {status, json} = await poll(begun['device_code'])
    expect({status, json}).toMatchObject({status: 200, json: {refresh_token: expect.any(String)}})
    expect(json['scope']).toBe('https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read.All')
    expect(readToken(json['access_token'])).toMatchObject({upn: ada, scp: 'User.Read.All'})
    expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    expect(await poll(begun['device_code'])).toMatchObject(refusal('bad_verification_code', 70018))
    expect(await poll('other', {grant_type: 'device_code'})).toMatchObject(refusal('bad_verification_code', 70018))
    const next = await begin()
    expect((await typeCode(browser, next['user_code'])).body).toContain('Are you trying to sign in to Printer?')
  })

  test('is told when its user says no, or does nothing', async () => {
    const begun = await begin()
    const browser = openBrowser(lab)
    const question = await signIn(browser, begun['user_code'])
    expect((await browser.submit(question, {cancel: '1'})).body).toContain('You have not signed in')
    expect(await poll(begun['device_code'])).toMatchObject(refusal('authorization_declined', 65004))
    const other = await begin()
    wait(900)
    expect(await poll(other['device_code'])).toMatchObject(refusal('expired_token', 70020))
    expect((await typeCode(browser, other['user_code'])).body).toContain('AADSTS70019')
    expect((await typeCode(browser, begun['user_code'])).body).toContain('AADSTS70018')
  })

  test('is the only one that its code is for', async () => {
    const {device_code: code} = await begin()
    const other = await newClient(lab, contoso, {isFallbackPublicClient: true})
    expect(await poll(code, {client_id: other.appId})).toMatchObject(refusal('bad_verification_code', 70018))
    const many = await newClient(lab, contoso, {isFallbackPublicClient: true, signInAudience: 'AzureADMultipleOrgs'})
    const {device_code: here} = await begin({client_id: many.appId})
    expect(await poll(here, {client_id: many.appId}, 'common')).toMatchObject(refusal('bad_verification_code', 70018))
    expect((await poll(here, {client_id: many.appId})).json).toMatchObject({error: 'authorization_pending'})
    expect(await poll('other')).toMatchObject(refusal('bad_verification_code', 70018))
    expect(await poll(code, {client_id: service.appId})).toMatchObject(refusal('invalid_client', 7000218))
    expect(await begin({client_id: service.appId})).toMatchObject(refusal('invalid_client', 7000218).json)
    expect(await begin({scope: ''})).toMatchObject(refusal('invalid_request', 900144).json)
    expect(await begin({client_id: 'none'})).toMatchObject(refusal('unauthorized_client', 700016).json)
  })

  test('gets nothing that no administrator has given', async () => {
    const begun = await begin({scope: 'Domain.Read.All'})
    const browser = openBrowser(lab)
    const refused = await browser.submit(await signIn(browser, begun['user_code']), {confirm: '1'})
    expect(refused).toMatchObject({status: 400, body: expect.stringContaining('AADSTS65001')})
  })

  test('has a code that cannot be guessed: too many wrong ones lock the address', async () => {
    const browser = openBrowser(lab, '198.51.100.9')
    const page = await browser.go('/common/oauth2/deviceauth')
    const last: string[] = []
    for (let count = 0; count < 101; count++)
      last.push(/AADSTS\d+/.exec((await browser.submit(page, {otc: 'ABCDEFGHJ'})).body)?.[0] ?? '')
    expect([last[99], last[100]]).toEqual(['AADSTS70018', 'AADSTS50053'])
  })
})

describe('an assertion of an identity provider', () => {
  const bareAssertion = (response: string): string =>
    Buffer.from(/<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(response)?.[0] ?? '').toString('base64url')
  const present = (assertion: string, change: Record<string, string> = {}) =>
    askToken(lab, contoso.id, {
      grant_type: 'urn:ietf:params:oauth:grant-type:saml1_1-bearer',
      client_id: device.appId,
      scope,
      assertion,
      ...change,
    })
  const assertion = async (wanted: Partial<Parameters<typeof newToken>[2]> = {}): Promise<string> =>
    bareAssertion(await newToken(lab, sts, {immutableId: graceId, ...wanted}))
  const saml2 = {grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer'}

  test.each<[string, object, Record<string, string>]>([
    ['SAML 1.1', {}, {}],
    ['SAML 2.0', {form: saml}, saml2],
  ])('buys access for its user: %s', async (_, wanted, change) => {
    const {status, json} = await present(await assertion(wanted), change)
    expect({status, json}).toMatchObject({status: 200, json: {refresh_token: expect.any(String)}})
    expect(readToken(json['access_token'])).toMatchObject({upn: 'grace@federated.test', amr: ['fed']})
    expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    const row = await withStore(lab, ({read}) =>
      read((db) => db.selectFrom('signIns').selectAll().orderBy('sequence', 'desc').executeTakeFirstOrThrow()),
    )
    expect(row).toMatchObject({errorCode: 0, issuer: 'urn:sts', appId: device.appId})
  })

  test('is used once, also for /login.srf', async () => {
    const token = await newToken(lab, sts, {immutableId: graceId})
    expect((await present(bareAssertion(token))).status).toBe(200)
    expect(await present(bareAssertion(token))).toMatchObject(refusal('invalid_grant', 50013))
    const page = await openBrowser(lab).post('/login.srf', {wa: 'wsignin1.0', wresult: token, wctx: ''})
    expect(page.status).toBe(401)
  })

  test('is not used up by a refusal that has another cause', async () => {
    const token = await assertion()
    expect(await present(token, {scope: 'Domain.Read.All'})).toMatchObject(refusal('invalid_grant', 65001))
    expect((await present(token)).status).toBe(200)
  })

  test('is refused as /login.srf refuses it', async () => {
    const unknown = await newProvider('urn:unknown')
    const expired = {
      notBefore: new Date(start.getTime() - 7200_000),
      notOnOrAfter: new Date(start.getTime() - 3600_000),
    }
    const foreign = bareAssertion(await newToken(lab, unknown, {immutableId: graceId}))
    expect(await present(foreign)).toMatchObject(refusal('invalid_grant', 50107))
    expect(await present(await assertion(expired))).toMatchObject(refusal('invalid_grant', 500133))
    expect(await present(await assertion({immutableId: 'b3RoZXI='}))).toMatchObject(refusal('invalid_grant', 51004))
    expect(await present(await assertion({audience: 'urn:other'}))).toMatchObject(refusal('invalid_grant', 50013))
    expect(await present('%%%')).toMatchObject(refusal('invalid_request', 9002313))
    expect(await present(Buffer.from('<a/>').toString('base64url'))).toMatchObject(refusal('invalid_grant', 20012))
  })

  test('needs the secret of a client that can keep one, and the tenant of its user', async () => {
    const token = await assertion()
    expect(await present(token, {client_id: service.appId})).toMatchObject(refusal('invalid_client', 7000218))
    const fabrikam = await lab.newTenant('fabrikam.onmicrosoft.com')
    const other = await newClient(lab, fabrikam, {isFallbackPublicClient: true, scopes: ['User.Read.All']})
    const elsewhere = await askToken(lab, fabrikam.id, {
      grant_type: 'urn:ietf:params:oauth:grant-type:saml1_1-bearer',
      client_id: other.appId,
      scope,
      assertion: token,
    })
    expect(elsewhere).toMatchObject(refusal('invalid_grant', 50020))
    expect((await present(token, {client_id: service.appId, client_secret: service.secret})).status).toBe(200)
  })

  test('has what it bought taken back with the user', async () => {
    await newUser(contoso, 'kim@federated.test', 'a2lta2lt')
    const {json} = await present(await assertion({immutableId: 'a2lta2lt'}))
    expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    await contoso.send('PATCH', '/users/kim@federated.test', {accountEnabled: false})
    expect((await askGraph(lab, json['access_token'])).status).toBe(401)
  })
})
