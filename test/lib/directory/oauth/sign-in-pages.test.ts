import {createHash} from 'node:crypto'
import {setTimeout} from 'node:timers/promises'
import {inflateRawSync} from 'node:zlib'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {findClientKind} from '../../../../src/lib/directory/oauth/authorize/redirect-uris.ts'
import {findCredential, putCredential} from '../../../../src/lib/directory/store/credentials.ts'
import {
  askGraph,
  askToken,
  newClient,
  origin,
  readToken,
  refusal,
  type TestClient,
  withStore,
} from '../../../parts/oauth-lab.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider, newToken, newUser, type Provider, saml} from '../../../parts/sign-in-lab.ts'
import {openBrowser, type Page, type TestBrowser} from '../../../parts/test-browser.ts'

const start = new Date('2026-11-21T10:00:00Z')
const verifier = 'a'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const ada = 'ada@contoso.onmicrosoft.com'
const password = 'Correct-horse-7'
const graceId = 'Z3JhY2Vncg=='
const redirectUri = 'http://localhost'
let lab: TestDirectory
let contoso: TestTenant
let desktop: TestClient
let web: TestClient
let sts: Provider
beforeAll(async () => {
  lab = await openTestDirectory()
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  const scopes = ['User.Read.All', 'Directory.AccessAsUser.All']
  desktop = await newClient(lab, contoso, {
    scopes,
    displayName: 'Desk<top>',
    isFallbackPublicClient: true,
    publicClient: {redirectUris: [redirectUri, 'msal123://auth']},
    spa: {redirectUris: ['https://page.test/back']},
  })
  web = await newClient(lab, contoso, {scopes, web: {redirectUris: ['https://web.test/back']}})
  await addUser(ada)
  sts = await newProvider('urn:sts')
  await newDomain(contoso, 'federated.test')
  await federate(contoso, 'federated.test', sts)
  await newUser(contoso, 'grace@federated.test', graceId)
})
beforeEach(() => {
  lab.clock.now = start
})
afterAll(() => lab.close())

async function addUser(
  userPrincipalName: string,
  forceChangePasswordNextSignIn = false,
  more: object = {},
): Promise<string> {
  const {json, status, text} = await contoso.send('POST', '/users', {
    accountEnabled: true,
    displayName: 'Ada',
    mailNickname: 'ada',
    userPrincipalName,
    passwordProfile: {password, forceChangePasswordNextSignIn},
    ...more,
  })
  if (status !== 201) throw new Error(text)
  return String(json['id'])
}

const question = (change: Record<string, string> = {}, client = desktop): string => {
  const query = new URLSearchParams({
    client_id: client.appId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'https://graph.microsoft.com/User.Read.All openid profile offline_access',
    state: 'xyz',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  })
  return `/${contoso.id}/oauth2/v2.0/authorize?${query}`
}

const open = async (browser: TestBrowser, login = ada, change: Record<string, string> = {}): Promise<Page> =>
  browser.submit(await browser.go(question(change)), {login})

const signIn = async (
  browser: TestBrowser,
  login = ada,
  passwd = password,
  change: Record<string, string> = {},
): Promise<Page> => browser.submit(await open(browser, login, change), {passwd})

const answerOf = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.leadsTo).searchParams)

const redeem = (code: string | undefined, change: Record<string, string> = {}) =>
  askToken(lab, contoso.id, {
    grant_type: 'authorization_code',
    client_id: desktop.appId,
    redirect_uri: redirectUri,
    code: code ?? '',
    code_verifier: verifier,
    client_info: '1',
    ...change,
  })

const newCode = async (change: Record<string, string> = {}): Promise<string> => {
  const {code = ''} = answerOf(await signIn(openBrowser(lab), ada, password, change))
  return code
}

const lastSignIn = () =>
  withStore(lab, ({read}) =>
    read((db) => db.selectFrom('signIns').selectAll().orderBy('sequence', 'desc').executeTakeFirstOrThrow()),
  )

describe('the pages', () => {
  test('ask for a name and a password, and send the browser back with a code', async () => {
    const browser = openBrowser(lab)
    const first = await browser.go(question())
    expect(first.status).toBe(200)
    expect(first.headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'self' http://localhost; frame-ancestors 'none'",
    )
    expect(first.headers['referrer-policy']).toBe('same-origin')
    expect(first.body).not.toContain('<script')
    expect(first.cookies).toEqual([
      expect.stringMatching(
        /^__Host-fedctl-request-[\w-]{8}=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=None; Max-Age=900$/,
      ),
    ])
    const second = await browser.submit(first, {login: ada})
    expect(second.body).toContain(ada)
    const done = await browser.submit(second, {passwd: password})
    expect(done.status).toBe(302)
    expect(done.leadsTo).toMatch(/^http:\/\/localhost\/\?code=[\w-]{43}&state=xyz$/)
    expect(done.cookies).toEqual([
      expect.stringMatching(/^__Host-fedctl-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^__Host-fedctl-request-.*Max-Age=0$/),
    ])
    expect(await lastSignIn()).toMatchObject({
      errorCode: 0,
      appId: desktop.appId,
      userPrincipalName: ada,
      ipAddress: '192.0.2.1',
    })
  })

  test('are not shown to who is signed in, unless it must be', async () => {
    const browser = openBrowser(lab)
    await signIn(browser)
    expect(answerOf(await browser.go(question()))['code']).toBeDefined()
    expect(answerOf(await browser.go(question({prompt: 'none'})))['code']).toBeDefined()
    expect((await browser.go(question({prompt: 'login'}))).status).toBe(200)
    expect((await browser.go(question({login_hint: 'bob@contoso.onmicrosoft.com'}))).status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 60_000)
    expect((await browser.go(question({max_age: '59'}))).status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 8 * 3600_000)
    expect(answerOf(await browser.go(question({prompt: 'none'})))).toMatchObject({
      error: 'login_required',
      state: 'xyz',
      error_description: expect.stringMatching(/^AADSTS50058: /),
    })
  })

  test('can answer in the fragment and by a form', async () => {
    const browser = openBrowser(lab)
    await signIn(browser)
    expect((await browser.go(question({response_mode: 'fragment'}))).leadsTo).toMatch(
      /^http:\/\/localhost\/#code=[\w-]+&state=xyz$/,
    )
    const form = await browser.go(question({response_mode: 'form_post', redirect_uri: 'msal123://auth'}))
    expect(form).toMatchObject({
      status: 200,
      action: 'msal123://auth',
      fields: {code: expect.any(String), state: 'xyz'},
    })
    expect(form.headers['content-security-policy']).toMatch(/script-src 'sha256-[^']+'; .*form-action msal123:;/)
  })

  test.each<[string, number, Record<string, string>]>([
    ['an unknown application', 700016, {client_id: 'a'}],
    ['an address that is not registered', 50011, {redirect_uri: 'https://evil.test/'}],
    ['an address below a registered one', 50011, {redirect_uri: 'https://page.test/back/more'}],
    ['an address with a fragment', 50011, {redirect_uri: 'https://page.test/back#x'}],
    ['another host of this machine', 50011, {redirect_uri: 'http://127.0.0.1:5'}],
    ['no address', 900144, {redirect_uri: ''}],
    ['an unknown way to answer', 70007, {response_mode: 'web_message'}],
  ])('send nobody anywhere for %s', async (_, aadsts, change) => {
    const page = await openBrowser(lab).go(question(change))
    expect(page.status).toBe(400)
    expect(page.headers['location']).toBeUndefined()
    expect(page.body).toContain(`AADSTS${aadsts}: `)
  })

  test.each<[string, string, number, Record<string, string>]>([
    ['another response type', 'unsupported_response_type', 70005, {response_type: 'token'}],
    ['no scope', 'invalid_request', 900144, {scope: ''}],
    ['no challenge', 'invalid_request', 9002325, {code_challenge: '', code_challenge_method: ''}],
    ['a challenge that tells the verifier', 'invalid_request', 9002313, {code_challenge_method: 'plain'}],
    ['a challenge of another size', 'invalid_request', 501491, {code_challenge: 'short'}],
  ])('tell the application about %s', async (_, error, aadsts, change) => {
    const page = await openBrowser(lab).go(question({redirect_uri: 'http://localhost:4711', ...change}))
    expect(page.leadsTo).toMatch(/^http:\/\/localhost:4711\//)
    expect(answerOf(page)).toMatchObject({
      error,
      state: 'xyz',
      error_description: expect.stringContaining(`AADSTS${aadsts}: `),
    })
  })

  test('tell the application what no administrator has given', async () => {
    const page = await signIn(openBrowser(lab), ada, password, {scope: 'Domain.ReadWrite.All'})
    expect(answerOf(page)).toMatchObject({
      error: 'consent_required',
      error_description: expect.stringContaining('AADSTS65001'),
    })
    expect(await lastSignIn()).toMatchObject({errorCode: 65001})
  })

  test('tell nobody by their answer who exists', async () => {
    const wrong = await signIn(openBrowser(lab), ada, 'wrong')
    const unknown = await signIn(openBrowser(lab), 'bob@contoso.onmicrosoft.com', 'wrong')
    const plain = (page: Page, login: string) =>
      page.body.replaceAll(login, '').replaceAll(page.fields['state'] ?? '', '')
    expect(wrong.status).toBe(400)
    expect(wrong.body).toContain('AADSTS50126: ')
    expect(plain(wrong, ada)).toBe(plain(unknown, 'bob@contoso.onmicrosoft.com'))
    expect(await lastSignIn()).toMatchObject({errorCode: 50126, userId: null})
  })

  test('belong to one browser, and are used up', async () => {
    const [browser, other] = [openBrowser(lab), openBrowser(lab)]
    const page = await open(browser)
    const stolen = await other.submit(page, {passwd: password})
    expect(stolen).toMatchObject({status: 400, body: expect.stringContaining('AADSTS50089')})
    expect(other.cookies.size).toBe(0)
    const kept = new Map(browser.cookies)
    expect((await browser.submit(page, {passwd: password})).status).toBe(302)
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect(await browser.submit(page, {passwd: password})).toMatchObject({status: 400})
    const slow = openBrowser(lab)
    const late = await open(slow)
    lab.clock.now = new Date(start.getTime() + 901_000)
    expect(await slow.submit(late, {passwd: password})).toMatchObject({status: 400})
  })

  test('say that an account is disabled only to who knows its password', async () => {
    const id = await addUser('off@contoso.onmicrosoft.com')
    await contoso.send('PATCH', `/users/${id}`, {accountEnabled: false})
    expect((await signIn(openBrowser(lab), 'off@contoso.onmicrosoft.com')).body).toContain('AADSTS50057')
    expect((await signIn(openBrowser(lab), 'off@contoso.onmicrosoft.com', 'wrong')).body).toContain('AADSTS50126')
  })

  test.each([false, true])('do not believe a password that was replaced while it was checked', async (mustChange) => {
    const login = `late${mustChange}@contoso.onmicrosoft.com`
    const userId = await addUser(login, mustChange)
    const browser = openBrowser(lab)
    const page = await open(browser, login)
    await withStore(lab, async (store) => {
      const wanted = 'Another-horse-8'
      const entering = browser.submit(page, {passwd: password, newpasswd: wanted, confirmpasswd: wanted})
      // It has read the password by then, and goes on hashing.
      await setTimeout(20)
      const given = {forceChangePasswordNextSignIn: false, forceChangePasswordNextSignInWithMfa: false}
      await store.change((db) => putCredential(db, {...given, userId, passwordHash: 'of another'}))
      expect((await entering).body).toContain('AADSTS50126')
      expect((await store.read((db) => findCredential(db, userId)))?.passwordHash).toBe('of another')
    })
    expect(browser.cookies.has('__Host-fedctl-session')).toBe(false)
  })

  test('let nobody of another tenant in', async () => {
    const fabrikam = await lab.newTenant('fabrikam.onmicrosoft.com')
    const login = 'kim@fabrikam.onmicrosoft.com'
    await fabrikam.send('POST', '/users', {
      accountEnabled: true,
      displayName: 'Kim',
      mailNickname: 'kim',
      userPrincipalName: login,
      passwordProfile: {password, forceChangePasswordNextSignIn: false},
    })
    expect(answerOf(await signIn(openBrowser(lab), login))).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('AADSTS50020'),
    })
  })
})

describe('a password that must be replaced', () => {
  const replace = async (
    page: Page,
    browser: TestBrowser,
    newpasswd: string,
    confirmpasswd = newpasswd,
  ): Promise<Page> => browser.submit(page, {passwd: password, newpasswd, confirmpasswd})

  test('is replaced by a strong one, and the old one is none any more', async () => {
    const login = 'new@contoso.onmicrosoft.com'
    await addUser(login, true)
    const browser = openBrowser(lab)
    const page = await signIn(browser, login)
    expect(page.body).toContain('Update your password')
    expect(await lastSignIn()).toMatchObject({errorCode: 50055})
    for (const [wanted, again, said] of [
      ['weak', 'weak', 'It needs 8 to 256 characters'],
      ['onlylowercase', 'onlylowercase', 'It needs three of'],
      ['Other-horse-8', 'Other-horse-9', 'do not match'],
      [password, password, 'another one than'],
    ] as const)
      expect((await replace(page, browser, wanted, again)).body).toContain(said)
    expect(answerOf(await replace(page, browser, 'Other-horse-8'))['code']).toBeDefined()
    expect((await signIn(openBrowser(lab), login)).body).toContain('AADSTS50126')
    expect(answerOf(await signIn(openBrowser(lab), login, 'Other-horse-8'))['code']).toBeDefined()
    const {json} = await contoso.send(
      'GET',
      "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Change user password'",
    )
    expect(json['value']).toHaveLength(1)
  })

  test('is one that has ended by the policy of the domain, unless the user is excepted', async () => {
    const [login, excepted] = ['old@contoso.onmicrosoft.com', 'ever@contoso.onmicrosoft.com']
    await addUser(login)
    await addUser(excepted, false, {passwordPolicies: 'DisablePasswordExpiration'})
    await contoso.send('PATCH', '/domains/contoso.onmicrosoft.com', {passwordValidityPeriodInDays: 30})
    lab.clock.now = new Date(start.getTime() + 30 * 24 * 3600_000)
    expect((await signIn(openBrowser(lab), login)).body).toContain('Update your password')
    expect(answerOf(await signIn(openBrowser(lab), excepted))['code']).toBeDefined()
    await contoso.send('PATCH', '/domains/contoso.onmicrosoft.com', {passwordValidityPeriodInDays: 2_147_483_647})
    expect(answerOf(await signIn(openBrowser(lab), login))['code']).toBeDefined()
  })
})

describe('a code', () => {
  test('buys tokens for the user and the application', async () => {
    const {status, json} = await redeem(await newCode())
    expect({status, json}).toMatchObject({
      status: 200,
      json: {
        token_type: 'Bearer',
        scope: 'openid profile https://graph.microsoft.com/User.Read.All',
        refresh_token: expect.any(String),
      },
    })
    const user = (await contoso.send('GET', `/users/${ada}`)).json['id']
    const access = readToken(json['access_token'])
    expect(access).toMatchObject({
      aud: 'https://graph.microsoft.com',
      oid: user,
      appid: desktop.appId,
      tid: contoso.id,
      scp: 'User.Read.All openid profile',
      idtyp: 'user',
      wids: [],
      amr: ['pwd'],
    })
    const id = readToken(json['id_token'])
    expect(id).toMatchObject({
      aud: desktop.appId,
      iss: `${origin}/${contoso.id}/v2.0`,
      nonce: 'n-1',
      oid: user,
      preferred_username: ada,
      tid: contoso.id,
    })
    expect(id['sub']).not.toBe(user)
    expect(JSON.parse(Buffer.from(String(json['client_info']), 'base64url').toString())).toEqual({
      uid: user,
      utid: contoso.id,
    })
    expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    expect((await askGraph(lab, json['id_token'])).status).toBe(401)
  })

  test('is used once: the second time takes everything back', async () => {
    const code = await newCode()
    const {json} = await redeem(code)
    expect(await redeem(code)).toMatchObject({status: 400, ...refusal('invalid_grant', 54005)})
    expect((await askGraph(lab, json['access_token'])).status).toBe(401)
    const refresh = {grant_type: 'refresh_token', refresh_token: String(json['refresh_token'])}
    expect(await redeem('', refresh)).toMatchObject(refusal('invalid_grant', 70000))
  })

  test.each<[string, string, number, Record<string, string>]>([
    ['for another address', 'invalid_grant', 500112, {redirect_uri: 'http://localhost:1'}],
    ['with another verifier', 'invalid_grant', 501481, {code_verifier: 'b'.repeat(43)}],
    ['without a verifier', 'invalid_grant', 501481, {code_verifier: ''}],
    ['that is none', 'invalid_grant', 70000, {code: 'none'}],
    ['that is not there', 'invalid_request', 900144, {code: ''}],
    ['with a secret of a client that has none to keep', 'invalid_client', 700025, {client_secret: 'secret'}],
  ])('is refused %s', async (_, error, aadsts, change) => {
    const secret = change['client_secret'] === undefined ? {} : {client_secret: desktop.secret}
    expect(await redeem(await newCode(), {...change, ...secret})).toMatchObject(refusal(error, aadsts))
  })

  test('is refused to another application, at another tenant, and after ten minutes', async () => {
    const other = await newClient(lab, contoso, {isFallbackPublicClient: true})
    const code = await newCode()
    expect(await redeem(code, {client_id: other.appId})).toMatchObject(refusal('invalid_grant', 70000))
    const fabrikam = await lab.newTenant('elsewhere.onmicrosoft.com')
    const both = {
      displayName: 'Both',
      signInAudience: 'AzureADMultipleOrgs',
      publicClient: {redirectUris: [redirectUri]},
    }
    const everywhere = await newClient(lab, contoso, {...both, scopes: ['User.Read.All']})
    await fabrikam.send('POST', '/servicePrincipals', {appId: everywhere.appId})
    const form = {grant_type: 'authorization_code', client_id: everywhere.appId, redirect_uri: redirectUri}
    const given = {...form, code: await newCode({client_id: everywhere.appId}), code_verifier: verifier}
    expect(await askToken(lab, fabrikam.id, given)).toMatchObject(refusal('invalid_grant', 700005))
    expect((await askToken(lab, 'common', given)).status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 600_000)
    expect(await redeem(code)).toMatchObject(refusal('invalid_grant', 70008))
  })

  test('of an application that can keep a secret needs it, and no challenge', async () => {
    const change = {
      client_id: web.appId,
      redirect_uri: 'https://web.test/back',
      code_challenge: '',
      code_challenge_method: '',
    }
    const of = {client_id: web.appId, redirect_uri: 'https://web.test/back', code_verifier: ''}
    const code = await newCode(change)
    expect(await redeem(code, of)).toMatchObject({status: 401, ...refusal('invalid_client', 7000218)})
    expect(await redeem(code, {...of, client_secret: web.secret, code_verifier: verifier})).toMatchObject(
      refusal('invalid_grant', 501481),
    )
    expect((await redeem(code, {...of, client_secret: web.secret})).status).toBe(200)
  })
})

describe('an address', () => {
  const application = {
    publicClient: '{"redirectUris":["http://localhost/a","http://127.0.0.1","http://tool.test","https://localhost/s"]}',
    spa: '{"redirectUris":["https://page.test/back?x=1"]}',
    web: null,
  } as unknown as Parameters<typeof findClientKind>[0]['application']

  test.each<[string, ReturnType<typeof findClientKind>]>([
    ['http://localhost/a', 'public'],
    ['http://localhost:4711/a', 'public'],
    ['http://127.0.0.1:4711/', 'public'],
    ['https://page.test/back?x=1', 'page'],
    ['http://localhost:4711/b', undefined],
    ['http://localhost:4711/a?b', undefined],
    ['http://user@localhost:4711/a', undefined],
    ['http://[::1]:4711/a', undefined],
    ['http://localhost.evil.test/a', undefined],
    ['http://tool.test:4711', undefined],
    ['https://localhost:4711/s', undefined],
    ['https://page.test/back', undefined],
    ['https://page.test/back?x=1#y', undefined],
    ['https://PAGE.test/back?x=1', undefined],
    ['javascript:alert(1)', undefined],
    ['nonsense', undefined],
  ])('%s is that of a client: %s', (address, kind) => {
    expect(findClientKind({application}, address)).toBe(kind)
  })

  test('with a fragment is none, even if it was registered', () => {
    const odd = {...application, web: '{"redirectUris":["https://web.test/#a"]}'}
    expect(findClientKind({application: odd}, 'https://web.test/#a')).toBeUndefined()
  })
})

describe('a refresh token', () => {
  const refresh = (token: unknown, change: Record<string, string> = {}) =>
    askToken(lab, contoso.id, {
      grant_type: 'refresh_token',
      client_id: desktop.appId,
      refresh_token: String(token),
      ...change,
    })
  const newTokens = async (change: Record<string, string> = {}) =>
    (
      await redeem(
        await newCode(change),
        change['redirect_uri'] === undefined ? {} : {redirect_uri: change['redirect_uri']},
      )
    ).json

  test('is replaced when it is used; used twice, it ends all of them', async () => {
    const first = await newTokens()
    const {status, json: second} = await refresh(first['refresh_token'])
    expect(status).toBe(200)
    expect(second['refresh_token']).not.toBe(first['refresh_token'])
    const {json: third} = await refresh(second['refresh_token'], {scope: 'User.Read.All'})
    expect(third).toMatchObject({scope: 'User.Read.All'})
    expect(await refresh(first['refresh_token'])).toMatchObject(refusal('invalid_grant', 70000))
    expect(await refresh(third['refresh_token'])).toMatchObject(refusal('invalid_grant', 70000))
    expect((await askGraph(lab, third['access_token'])).status).toBe(401)
  })

  test('is used once, however many use it at once', async () => {
    const {refresh_token} = await newTokens()
    const replies = await Promise.all([1, 2, 3].map(() => refresh(refresh_token)))
    expect(replies.filter(({status}) => status === 200)).toHaveLength(1)
  })

  test('does not buy more than was given', async () => {
    const {refresh_token} = (await newTokens()) as {refresh_token: string}
    expect(await refresh(refresh_token, {scope: 'Domain.Read.All'})).toMatchObject({
      json: {error_codes: [65001], suberror: 'consent_required'},
    })
    expect((await refresh(refresh_token)).status).toBe(200)
  })

  test('ends after 90 days without use; that of a page a day after the sign-in', async () => {
    const {refresh_token} = await newTokens()
    lab.clock.now = new Date(start.getTime() + 89 * 24 * 3600_000)
    const {status, json} = await refresh(refresh_token)
    expect(status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 179 * 24 * 3600_000)
    expect(await refresh(json['refresh_token'])).toMatchObject(refusal('invalid_grant', 700082))
    lab.clock.now = start
    const page = await newTokens({redirect_uri: 'https://page.test/back'})
    lab.clock.now = new Date(start.getTime() + 23 * 3600_000)
    const {json: renewed} = await refresh(page['refresh_token'])
    lab.clock.now = new Date(start.getTime() + 24 * 3600_000)
    expect(await refresh(renewed['refresh_token'])).toMatchObject(refusal('invalid_grant', 700084))
  })

  test.each<[string, (path: string) => Promise<unknown>, number]>([
    ['the user is disabled', (path) => contoso.send('PATCH', path, {accountEnabled: false}), 50057],
    ['the user is deleted', (path) => contoso.send('DELETE', path), 50034],
    ['the sessions are revoked', (path) => contoso.send('POST', `${path}/revokeSignInSessions`), 70000],
    [
      'everything before now is',
      async (path) => {
        const change = {signInSessionsValidFromDateTime: '2026-11-21T10:00:01Z'}
        const id = path.slice('/users/'.length)
        await withStore(lab, (store) =>
          store.change((db) => db.updateTable('users').set(change).where('id', '=', id).execute()),
        )
      },
      50173,
    ],
    [
      'the password is reset',
      (path) => contoso.send('PATCH', path, {passwordProfile: {password: 'Other-horse-9'}}),
      70000,
    ],
  ])('and the access token with it count no more when %s', async (name, end, aadsts) => {
    const login = `${name.replaceAll(' ', '.')}@contoso.onmicrosoft.com`
    const id = await addUser(login)
    const browser = openBrowser(lab)
    const {json} = await redeem(answerOf(await signIn(browser, login))['code'])
    expect((await askGraph(lab, json['access_token'])).status).toBe(200)
    await end(`/users/${id}`)
    expect(answerOf(await browser.go(question({prompt: 'none'})))).toMatchObject({error: 'login_required'})
    expect((await askGraph(lab, json['access_token'])).status).toBe(401)
    expect(await refresh(json['refresh_token'])).toMatchObject(refusal('invalid_grant', aadsts))
  })
})

describe('too many tries', () => {
  test('lock the account at this address for a minute, then for longer, and nobody else', async () => {
    const login = 'locked@contoso.onmicrosoft.com'
    await addUser(login)
    const browser = openBrowser(lab, '198.51.100.7')
    const page = await open(browser, login)
    const attempt = (passwd: string): Promise<Page> => browser.submit(page, {passwd})
    for (let count = 0; count < 10; count++) expect((await attempt('wrong')).body).toContain('AADSTS50126')
    expect((await attempt(password)).body).toContain('AADSTS50053')
    expect(answerOf(await signIn(openBrowser(lab), login))['code']).toBeDefined()
    lab.clock.now = new Date(start.getTime() + 59_000)
    expect((await attempt('wrong')).body).toContain('AADSTS50053')
  })

  test('count when they come at once', async () => {
    const browser = openBrowser(lab, '198.51.100.10')
    const page = await open(browser, 'many@contoso.onmicrosoft.com')
    const pages = await Promise.all(Array.from({length: 14}, () => browser.submit(page, {passwd: 'wrong'})))
    expect(pages.filter(({body}) => body.includes('AADSTS50126'))).toHaveLength(10)
    expect(pages.filter(({body}) => body.includes('AADSTS50053'))).toHaveLength(4)
  })

  test('are told of by a name that nobody has as well', async () => {
    const browser = openBrowser(lab, '198.51.100.8')
    const page = await open(browser, 'nobody@contoso.onmicrosoft.com')
    for (let count = 0; count < 10; count++) await browser.submit(page, {passwd: 'wrong'})
    expect((await browser.submit(page, {passwd: 'wrong'})).body).toContain('AADSTS50053')
    lab.clock.now = new Date(start.getTime() + 60_000)
    expect((await browser.submit(page, {passwd: 'wrong'})).body).toContain('AADSTS50126')
    lab.clock.now = new Date(start.getTime() + 179_000)
    expect((await browser.submit(page, {passwd: 'wrong'})).body).toContain('AADSTS50053')
  })
})

describe('a user of a federated domain', () => {
  const login = 'grace@federated.test'
  const own = `${origin}/login.srf`

  test('is sent to the identity provider, and goes on with the token it posts', async () => {
    const browser = openBrowser(lab)
    const away = await open(browser, login)
    const address = new URL(away.leadsTo)
    expect(`${address.origin}${address.pathname}`).toBe('https://sts.test/ls/')
    const wctx = address.searchParams.get('wctx') ?? ''
    expect(Object.fromEntries(address.searchParams)).toMatchObject({username: login, wa: 'wsignin1.0', wreply: own})
    const wresult = await newToken(lab, sts, {immutableId: graceId, multiFactor: true})
    const stolen = await openBrowser(lab).post('/login.srf', {wa: 'wsignin1.0', wresult, wctx})
    expect(stolen).toMatchObject({status: 400, body: expect.stringContaining('AADSTS50089')})
    const done = await browser.post('/login.srf', {wa: 'wsignin1.0', wresult, wctx})
    const {json} = await redeem(answerOf(done)['code'])
    expect(readToken(json['access_token'])).toMatchObject({upn: login, amr: ['fed', 'mfa']})
    expect(answerOf(await browser.go(question({prompt: 'none'})))['code']).toBeDefined()
    expect(await lastSignIn()).toMatchObject({errorCode: 0, appId: desktop.appId})
    const again = await newToken(lab, sts, {immutableId: graceId})
    expect((await browser.post('/login.srf', {wa: 'wsignin1.0', wresult: again, wctx})).status).toBe(400)
  })

  test('is redirected at once when the name is known, and is not let in by a password', async () => {
    const browser = openBrowser(lab)
    const {status, leadsTo} = await browser.go(question({login_hint: login}))
    expect([status, leadsTo]).toEqual([302, expect.stringMatching(/^https:\/\/sts\.test\/ls\//)])
    const page = await browser.submit(await browser.go(question()), {login, passwd: password})
    expect(page.leadsTo).toMatch(/^https:\/\/sts\.test\/ls\//)
  })

  test('is asked for by a SAML request where the trust wants one, and only its answer will do', async () => {
    await newDomain(contoso, 'saml.test')
    const idp = await newProvider('urn:idp')
    await federate(contoso, 'saml.test', idp, {preferredAuthenticationProtocol: 'saml'})
    await newUser(contoso, 'sam@saml.test', 'c2Ftc2Ft')
    const browser = openBrowser(lab)
    const address = new URL((await open(browser, 'sam@saml.test')).leadsTo)
    const [asked, state] = ['SAMLRequest', 'RelayState'].map((name) => address.searchParams.get(name) ?? '')
    const request = inflateRawSync(Buffer.from(`${asked}`, 'base64')).toString()
    expect(request).toContain(`AssertionConsumerServiceURL="${own}"`)
    expect(request).toContain(
      '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:federation:MicrosoftOnline<',
    )
    const id = / ID="([^"]+)"/.exec(request)?.[1]
    const answer = async (inResponseTo: string): Promise<Page> => {
      const token = await newToken(lab, idp, {form: saml, immutableId: 'c2Ftc2Ft', requestId: inResponseTo})
      const SAMLResponse = Buffer.from(token).toString('base64')
      return browser.post('/login.srf', {SAMLResponse, RelayState: `${state}`})
    }
    expect((await answer('_other')).body).toContain('AADSTS50013')
    expect(answerOf(await answer(`${id}`))['code']).toBeDefined()
  })

  test('is not signed in for an application by a token that nobody here asked for', async () => {
    const browser = openBrowser(lab)
    const wresult = await newToken(lab, sts, {immutableId: graceId})
    expect((await browser.post('/login.srf', {wa: 'wsignin1.0', wresult, wctx: 'other'})).status).toBe(200)
    expect(answerOf(await browser.go(question({prompt: 'none'})))).toMatchObject({error: 'login_required'})
  })
})

test('signing out ends the session, and leads only to an address of the application', async () => {
  const browser = openBrowser(lab)
  await signIn(browser)
  const out = (query: string): Promise<Page> => browser.go(`/common/oauth2/v2.0/logout?${query}`)
  const evil = `client_id=${desktop.appId}&post_logout_redirect_uri=https://evil.test/`
  expect((await out(evil)).headers['location']).toBeUndefined()
  expect(answerOf(await browser.go(question({prompt: 'none'})))).toMatchObject({error: 'login_required'})
  const back = `client_id=${desktop.appId}&post_logout_redirect_uri=https://page.test/back&state=s`
  expect((await out(back)).leadsTo).toBe('https://page.test/back?state=s')
})
