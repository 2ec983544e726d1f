import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

const path = (version: string): string => `/${version}/users/${tenant.administratorId}`
const names = 'onPremisesObjectIdentifier,refreshTokensValidFromDateTime'

test('/beta has properties of users that v1.0 does not know', async () => {
  const identifier = '94787fac-42fc-df4a-bafe-64ad0e70f8bb'
  const change = {onPremisesObjectIdentifier: identifier}
  expect((await tenant.send('PATCH', path('v1.0'), change)).status).toBe(400)
  expect((await tenant.send('PATCH', path('beta'), change)).status).toBe(204)
  const {json} = await tenant.send('GET', `${path('beta')}?$select=${names}`)
  expect(json).toMatchObject({...change, refreshTokensValidFromDateTime: '2026-11-21T10:00:00Z'})
  expect(json['@odata.context']).toBe('http://directory.test/beta/$metadata#users/$entity')
  expect((await tenant.send('GET', `${path('v1.0')}?$select=${names}`)).text).toContain(
    'Could not find a property named',
  )
  const list = await tenant.send('GET', `/beta/users?$select=${names}`)
  expect(list.json['value']).toContainEqual(expect.objectContaining(change))
})

test('the object identifier is a GUID, and null clears it', async () => {
  expect((await tenant.send('PATCH', path('beta'), {onPremisesObjectIdentifier: 'x'})).text).toContain('must be a GUID')
  await tenant.send('PATCH', path('beta'), {onPremisesObjectIdentifier: null})
  const {json} = await tenant.send('GET', `${path('beta')}?$select=onPremisesObjectIdentifier`)
  expect(json).toMatchObject({onPremisesObjectIdentifier: null})
})

test('invalidateAllRefreshTokens is served by /beta alone', async () => {
  lab.clock.now = new Date('2026-11-21T10:30:00Z')
  expect((await tenant.send('POST', `${path('v1.0')}/invalidateAllRefreshTokens`)).status).toBe(400)
  expect((await tenant.send('POST', `${path('beta')}/invalidateAllRefreshTokens`)).json).toMatchObject({value: true})
  const {json} = await tenant.send('GET', `${path('beta')}?$select=refreshTokensValidFromDateTime`)
  expect(json).toMatchObject({refreshTokensValidFromDateTime: '2026-11-21T10:30:00Z'})
})
