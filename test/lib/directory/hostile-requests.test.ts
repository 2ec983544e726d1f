import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {ask} from '../../parts/oauth-lab.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider} from '../../parts/sign-in-lab.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

test('a path full of brackets takes no longer than another, in a batch of anybody either', async () => {
  const begun = performance.now()
  const url = `/users/${"('".repeat(200_000)}`
  const {json} = await tenant.send('POST', '/$batch', {requests: [{id: '1', method: 'GET', url}]})
  expect(json).toMatchObject({responses: [{status: 404}]})
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('a form of very many fields takes no longer than another, of whoever', async () => {
  const begun = performance.now()
  const fields = Object.fromEntries(Array.from({length: 100_000}, (_, index) => [index.toString(36), 'x']))
  expect((await ask(lab, '/common/oauth2/v2.0/token', fields)).status).toBe(400)
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('a delta token that was made up begins nothing', async () => {
  const state = {tenantId: tenant.id, of: 'users', since: 0, time: lab.clock.now.getTime()}
  const ids = Array.from({length: 51}, (_, index) => `${index}`)
  for (const made of [
    {upTo: 'x'},
    {upTo: {sequence: 1}},
    {upTo: null},
    {after: ['x']},
    {ids},
    {ids: 'x'},
    {select: [1]},
  ]) {
    const token = Buffer.from(JSON.stringify({...state, ...made})).toString('base64url')
    expect((await tenant.send('GET', `/users/delta?$deltatoken=${token}`)).status).toBe(410)
  }
})

test('a body that is deeper than anything of Graph is refused, wherever it is deep', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const headers = '{"content-type":"application/json"}'
  const one = `{"id":"1","method":"POST","url":"/users","headers":${headers},"body":${deep}}`
  for (const [path, body] of [
    ['/$batch', `{"requests":[${one}]}`],
    ['/applications', `{"displayName":"x","web":{"redirectUris":${deep}}}`],
  ] as const)
    expect((await tenant.send('POST', path, body)).status).toBe(400)
})

test('a reference that is not well encoded is refused', async () => {
  const names = {displayName: 'g', mailEnabled: false, mailNickname: 'g', securityEnabled: true}
  const {json} = await tenant.send('POST', '/groups', names)
  const reply = await tenant.send('POST', `/groups/${json['id']}/members/$ref`, {'@odata.id': 'https://x/users/%zz'})
  expect(reply.status).toBe(400)
})

test('an address of an identity provider to which no browser could be sent is refused', async () => {
  await newDomain(tenant, 'odd.test')
  await federate(tenant, 'odd.test', await newProvider('urn:odd'))
  const path = '/domains/odd.test/federationConfiguration'
  const {json} = await tenant.send('GET', path)
  const [{id}] = json['value'] as [{id: string}]
  for (const preferredAuthenticationProtocol of ['wsFed', 'saml']) {
    const body = {preferredAuthenticationProtocol, passiveSignInUri: 'https://[\u2603'}
    expect((await tenant.send('PATCH', `${path}/${id}`, body)).status).toBe(400)
  }
  expect((await ask(lab, '/GetUserRealm.srf?login=x@odd.test')).json).toMatchObject({NameSpaceType: 'Federated'})
})
