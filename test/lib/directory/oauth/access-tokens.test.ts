import {createHmac, createPublicKey} from 'node:crypto'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals'
import {createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT} from 'jose'
import {newKey, readPrivateKey} from '../../../../src/lib/directory/oauth/keys/new-key.ts'
import {planKeys, timesFrom} from '../../../../src/lib/directory/oauth/keys/plan-keys.ts'
import {
  ask,
  askGraph,
  askToken,
  forApplication,
  newClient,
  origin,
  readToken,
  type TestClient,
  withStore,
} from '../../../parts/oauth-lab.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../../parts/open-test-directory.ts'

const start = new Date('2026-11-21T10:00:00Z')
const day = 24 * 3600_000
let lab: TestDirectory
let contoso: TestTenant
let client: TestClient
beforeAll(async () => {
  lab = await openTestDirectory()
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  client = await newClient(lab, contoso, {roles: ['User.Read.All']})
})
beforeEach(() => {
  lab.clock.now = start
})
afterAll(() => lab.close())

const newToken = async (): Promise<string> =>
  String((await askToken(lab, contoso.id, forApplication(client))).json['access_token'])
const keys = async (): Promise<readonly Json[]> =>
  (await ask(lab, `/${contoso.id}/discovery/v2.0/keys`)).json['keys'] as Json[]
const status = async (token: unknown): Promise<number> => (await askGraph(lab, token)).status

describe('discovery', () => {
  test('says where everything is, for a tenant by its id, for any by a placeholder', async () => {
    const {json} = await ask(lab, '/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration')
    const base = `${origin}/${contoso.id}`
    expect(json).toMatchObject({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    })
    const {json: common} = await ask(lab, '/common/v2.0/.well-known/openid-configuration')
    expect(common).toMatchObject({
      issuer: `${origin}/{tenantid}/v2.0`,
      token_endpoint: `${origin}/common/oauth2/v2.0/token`,
    })
    expect((await ask(lab, '/nowhere.test/v2.0/.well-known/openid-configuration')).json).toMatchObject({
      error: 'invalid_request',
      error_codes: [90002],
    })
  })

  test('names the instance that was asked', async () => {
    const query = `authorization_endpoint=${encodeURIComponent(`${origin}/${contoso.id}/oauth2/v2.0/authorize`)}`
    expect((await ask(lab, `/common/discovery/instance?api-version=1.1&${query}`)).json).toMatchObject({
      tenant_discovery_endpoint: `${origin}/${contoso.id}/v2.0/.well-known/openid-configuration`,
      metadata: [{preferred_network: 'directory.test', aliases: ['directory.test']}],
    })
  })

  test('publishes the keys that verify tokens, and nothing private', async () => {
    const token = await newToken()
    const published = await keys()
    expect(Object.keys(published[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    const {payload} = await jwtVerify(token, createLocalJWKSet({keys: published as never}), {currentDate: start})
    expect(payload['tid']).toBe(contoso.id)
  })
})

describe('an access token', () => {
  /** A token like a good one, signed by the key of the store, with what differs. */
  const forge = async (change: object, header: object = {}): Promise<string> => {
    const good = await newToken()
    const {kid} = decodeProtectedHeader(good)
    const {privateKey} = await withStore(lab, ({read}) =>
      read((db) => db.selectFrom('signingKeys').selectAll().where('kid', '=', String(kid)).executeTakeFirstOrThrow()),
    )
    return new SignJWT({...readToken(good), ...change})
      .setProtectedHeader({typ: 'JWT', alg: 'RS256', ...(kid !== undefined && {kid}), ...header})
      .sign(readPrivateKey(privateKey))
  }

  test('is believed when nothing is changed, under any name of the directory', async () => {
    expect(await status(await forge({}))).toBe(200)
    expect(await status(await forge({iss: `https://localhost:8443/${contoso.id}/v2.0`}))).toBe(200)
  })

  test.each<[string, object, object]>([
    ['is for somebody else', {aud: 'api://other'}, {}],
    ['is for nobody', {aud: undefined}, {}],
    ['is of another issuer', {iss: 'https://login.microsoftonline.com/other/v2.0'}, {}],
    ['has an issuer that is more than that', {iss: 'https://evil.test/x/../y/v2.0'}, {}],
    ['is of a tenant that is not there', {tid: 'other', iss: `${origin}/other/v2.0`}, {}],
    ['has ended', {exp: start.getTime() / 1000}, {}],
    ['is not valid yet', {nbf: start.getTime() / 1000 + 1}, {}],
    ['does not end', {exp: undefined}, {}],
    ['is of an application that is not there', {appid: 'other'}, {}],
    ['is of another service principal', {oid: 'other'}, {}],
    ['is of an unknown kind', {idtyp: 'device'}, {}],
    ['is of a user without a grant', {idtyp: 'user', oid: 'other', sid: 'other', scp: 'User.Read.All'}, {}],
    ['is signed by another algorithm', {}, {alg: 'PS256'}],
    ['is of another type', {}, {typ: 'at+jwt'}],
    ['names an unknown key', {}, {kid: 'unknown'}],
    ['names no key', {}, {kid: undefined}],
  ])('is refused when it %s', async (_, change, header) => {
    expect(await status(await forge(change, header))).toBe(401)
  })

  test('is refused when it is signed by the public key as a secret, by another key, or not at all', async () => {
    const [header = '', claims = ''] = (await newToken()).split('.')
    const {kid} = JSON.parse(Buffer.from(header, 'base64url').toString()) as {kid: string}
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [jwk] = await keys()
    const pem = createPublicKey({key: jwk as never, format: 'jwk'}).export({type: 'spki', format: 'pem'})
    const input = `${encode({typ: 'JWT', alg: 'HS256', kid})}.${claims}`
    expect(await status(`${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`)).toBe(401)
    expect(await status(`${encode({typ: 'JWT', alg: 'none', kid})}.${claims}.`)).toBe(401)
    const other = readPrivateKey((await newKey()).privateKey)
    const signed = new SignJWT(readToken(await newToken())).setProtectedHeader({typ: 'JWT', alg: 'RS256', kid})
    expect(await status(await signed.sign(other))).toBe(401)
    expect(await status('a.b.c')).toBe(401)
  })

  test('ends with its time, although it was believed before', async () => {
    const token = await newToken()
    expect(await status(token)).toBe(200)
    lab.clock.now = new Date(Number(readToken(token)['exp']) * 1000)
    expect(await status(token)).toBe(401)
  })

  test.each<[string, (client: TestClient) => Promise<unknown>]>([
    [
      'is disabled',
      ({servicePrincipalId}) =>
        contoso.send('PATCH', `/servicePrincipals/${servicePrincipalId}`, {accountEnabled: false}),
    ],
    [
      'is deleted from the tenant',
      ({servicePrincipalId}) => contoso.send('DELETE', `/servicePrincipals/${servicePrincipalId}`),
    ],
    ['is deleted', ({applicationId}) => contoso.send('DELETE', `/applications/${applicationId}`)],
  ])('counts no more when its application %s', async (_, end) => {
    const other = await newClient(lab, contoso, {roles: ['User.Read.All']})
    const {json} = await askToken(lab, contoso.id, forApplication(other))
    expect(await status(json['access_token'])).toBe(200)
    expect(await end(other)).toMatchObject({status: 204})
    expect(await status(json['access_token'])).toBe(401)
    expect((await askToken(lab, contoso.id, forApplication(other))).status).toBeGreaterThanOrEqual(400)
  })
})

describe('the keys', () => {
  test('roll over: the next one is published before it signs, the last one until its tokens have ended', async () => {
    const [first] = await keys()
    lab.clock.now = new Date(start.getTime() + 54 * day)
    const both = await keys()
    expect(both.map(({kid}) => kid)).toContain(first?.['kid'])
    expect(both).toHaveLength(2)
    expect(decodeProtectedHeader(await newToken()).kid).toBe(first?.['kid'])
    lab.clock.now = new Date(start.getTime() + 60 * day - 1000)
    const last = await newToken()
    lab.clock.now = new Date(start.getTime() + 60 * day)
    expect(decodeProtectedHeader(await newToken()).kid).not.toBe(first?.['kid'])
    expect(await status(last)).toBe(200)
    lab.clock.now = new Date(start.getTime() + 60 * day + 2 * 3600_000)
    expect((await keys()).map(({kid}) => kid)).not.toContain(first?.['kid'])
  })

  test('are planned: one that signs, and the next a week before it ends', () => {
    const key = timesFrom(start)
    const at = (days: number) => planKeys([key], new Date(start.getTime() + days * day))
    expect(planKeys([], start)).toEqual({signing: undefined, nextFrom: start})
    expect(at(0)).toEqual({signing: key, nextFrom: undefined})
    expect(at(53)).toEqual({signing: key, nextFrom: undefined})
    expect(at(53.5)).toEqual({signing: key, nextFrom: new Date(key.signsUntilDateTime)})
    expect(at(60).signing).toBeUndefined()
    const next = timesFrom(new Date(key.signsUntilDateTime))
    expect(planKeys([next, key], new Date(start.getTime() + 54 * day))).toEqual({signing: key, nextFrom: undefined})
  })

  test('are rolled by the owner of the store: tomorrow, or at once when they are withdrawn', async () => {
    const path = '/fedctl/v1/signingKeys'
    expect((await contoso.send('POST', path, {})).status).toBe(403)
    const token = await newToken()
    const {status: made, json} = await lab.ownerSend('POST', path, {})
    expect(made).toBe(201)
    expect(json['value']).toMatchObject([{signsFromDateTime: '2026-11-22T10:00:00.000Z'}, {}])
    expect(JSON.stringify(json)).not.toContain('privateKey')
    expect(decodeProtectedHeader(await newToken()).kid).toBe(decodeProtectedHeader(token).kid)
    const {json: withdrawn} = await lab.ownerSend('POST', path, {withdrawOthers: true})
    expect(withdrawn['value']).toHaveLength(1)
    expect(await status(token)).toBe(401)
    expect(await status(await newToken())).toBe(200)
    expect((await lab.ownerSend('GET', path)).json['value']).toEqual(withdrawn['value'])
  })
})
