import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

const user = (displayName: string, more: object = {}) => ({
  accountEnabled: true,
  displayName,
  mailNickname: 'ada',
  userPrincipalName: 'ada@syfuhs.onmicrosoft.com',
  onPremisesSyncEnabled: true,
  ...more,
})

test.each([
  ['/users/a%00b', 'The URL has a null character.'],
  ["/users?$filter=displayName eq 'a%00'", 'The URL has a null character.'],
])('%s is refused, whatever the database', async (path, message) => {
  expect(await tenant.send('GET', path)).toMatchObject({status: 400, json: {error: {message}}})
})

test.each([
  ['a null character', 'a\0b', 'a control character'],
  ['half of a pair', 'a\ud83d', 'half of a surrogate pair'],
])('text with %s is refused, also in lists', async (_, text, because) => {
  const refused = {status: 400, json: {error: {message: expect.stringContaining(because)}}}
  expect(await tenant.send('POST', '/users', user(text))).toMatchObject(refused)
  expect(await tenant.send('POST', '/users', user('Ada', {businessPhones: [text]}))).toMatchObject(refused)
})

test('text beyond that comes back as it was', async () => {
  const displayName = 'Ada 😀 \u{10ffff} e\u0301 \u200b'
  const {status, json} = await tenant.send('POST', '/users', user(displayName))
  expect([status, json['displayName']]).toEqual([201, displayName])
  const found = await tenant.send('GET', `/users?$filter=displayName eq '${encodeURIComponent(displayName)}'`)
  expect(found.json['value']).toMatchObject([{displayName}])
  const nobody = await tenant.send('GET', '/users?$filter=department in (null)&$count=true', undefined, {
    consistencylevel: 'eventual',
  })
  expect(nobody.json['value']).toHaveLength(2)
})
