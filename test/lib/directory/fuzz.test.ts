import {afterAll, beforeAll, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {userProperties} from '../../../src/lib/directory/rules/user-properties.ts'
import {
  type Json,
  openTestDirectory,
  type Reply,
  type TestDirectory,
  type TestTenant,
} from '../../parts/open-test-directory.ts'

// `npm run fuzz:directory` makes many more.
const runs = Number(process.env['FUZZ_RUNS'] ?? 300)
const patience = 10_000 + runs * 50

let lab: TestDirectory
let tenant: TestTenant
let statuses: Map<number, number>
beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  await tenant.send('POST', '/domains', {id: 'known.test'})
  await tenant.send('POST', '/domains/known.test/verify')
  // Synchronised, so that no password is ever hashed for it.
  const names = {displayName: 'Known', mailNickname: 'known', userPrincipalName: 'known@known.test'}
  await tenant.send('POST', '/users', {...names, accountEnabled: true, onPremisesSyncEnabled: true})
})
afterAll(() => lab.close())

/** Every answer is one: nothing is thrown, nothing is the directory's own fault, and a refusal has Graph's shape. */
async function checked(reply: Promise<Reply>): Promise<void> {
  const {status, json} = await reply
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  expect(status).toBeLessThan(500)
  if (status < 400) return
  expect(json).toEqual({error: expect.objectContaining({code: expect.any(String), message: expect.any(String)})})
}

async function fuzz<Value>(of: fc.Arbitrary<Value>, send: (value: Value) => Promise<Reply>): Promise<number[]> {
  statuses = new Map()
  await fc.assert(
    fc.asyncProperty(of, (value) => checked(send(value))),
    {numRuns: runs},
  )
  return [...statuses.keys()]
}

const strange = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '$it', '@odata.id', '']
const text = fc.oneof(fc.string({unit: 'binary', maxLength: 20}), fc.string({unit: 'grapheme', maxLength: 5}))
const property = fc.oneof(
  {weight: 9, arbitrary: fc.constantFrom(...Object.keys(userProperties))},
  fc.constantFrom(...strange, 'and', 'in'),
)
const literal = fc.oneof(
  text.map((value) => `'${value.replaceAll("'", "''")}'`),
  fc.constantFrom('true', 'false', 'null', '2026-11-21', '2026-11-21T10:00:00Z', '9999-99-99', '7', '-0.5', "'Known'"),
)
const listOf = (one: fc.Arbitrary<string>, by: string) =>
  fc.array(one, {minLength: 1, maxLength: 4}).map((all) => all.join(by))
const comparison = fc
  .tuple(property, fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'), literal)
  .map((parts) => parts.join(' '))
const match = fc
  .tuple(fc.constantFrom('startsWith', 'endswith', 'contains', 'constructor'), property, literal)
  .map(([by, name, value]) => `${by}(${name},${value})`)
const {filter} = fc.letrec<{filter: string}>((tie) => ({
  filter: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    comparison,
    match,
    fc.tuple(property, listOf(literal, ',')).map(([name, values]) => `${name} in (${values})`),
    fc.tuple(property, comparison, match).map(([name, one, other]) => `${name}/any(x:${name < 'm' ? one : other})`),
    fc.tuple(property, fc.nat(1500)).map(([name, length]) => `${name} in ('x'${",'y'".repeat(length)})`),
    listOf(tie('filter'), ' and '),
    listOf(tie('filter'), ' or '),
    tie('filter').map((one) => `not(${one})`),
  ),
}))

/** Sometimes with a piece cut out and something else in its place. */
const spoilt = (whole: fc.Arbitrary<string>) =>
  fc.tuple(whole, fc.option(fc.tuple(fc.nat(60), fc.nat(9), text))).map(([good, change]) => {
    if (change === null) return good
    const [at, length, other] = change
    return good.slice(0, at) + other + good.slice(at + length)
  })

test(
  'no $filter is too much',
  async () => {
    const seen = await fuzz(spoilt(filter), ($filter) =>
      tenant.send('GET', `/users?${new URLSearchParams({$filter, $count: 'true'})}`, undefined, {
        consistencylevel: 'eventual',
      }),
    )
    expect(seen.sort()).toEqual([200, 400])
  },
  patience,
)

const token = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue({maxDepth: 1}), {minLength: 2, maxLength: 2}))
const option = fc.oneof(
  token.map((value) => ['$skiptoken', Buffer.from(JSON.stringify(value)).toString('base64url')] as [string, string]),
  fc.tuple(
    fc.constantFrom(
      '$filter',
      '$search',
      '$select',
      '$top',
      '$orderby',
      '$count',
      '$skiptoken',
      '$expand',
      'x',
      '$__proto__',
    ),
    fc.oneof(
      text,
      fc.constantFrom('1', '-1', '1e9', 'true', 'displayName', 'displayName desc', 'id,city', 'constructor'),
    ),
  ),
)
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...'users me domains organization directoryRoles directoryRoleTemplates directory deletedItems members memberOf'.split(
        ' ',
      ),
      ...'$count $ref restore verify rootDomain federationConfiguration known.test known@known.test'.split(' '),
      "('known@known.test')",
    ),
  },
  fc.constantFrom('..', '%', '%00', '%ff', '(', "('", '__proto__', 'constructor'),
  text.map((value) => encodeURIComponent(value.toWellFormed())),
)

test(
  'no path and no query option is too much',
  async () => {
    const address = fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'PUT', 'PATCH'),
      parts: fc.oneof(fc.constant(['users']), fc.array(part, {minLength: 1, maxLength: 4})),
      options: fc.array(option, {maxLength: 2}),
    })
    const seen = await fuzz(address, ({method, parts, options}) =>
      tenant.send(method as 'GET', `/${parts.join('/')}?${new URLSearchParams(options)}`),
    )
    expect(seen).toEqual(expect.arrayContaining([400, 404, 405]))
  },
  patience,
)

const sample: Json = {
  ...{id: 'sub.known.test', isDefault: true, authenticationType: 'Managed', supportedServices: ['Email']},
  ...{userPrincipalName: 'made@known.test', mailNickname: 'made', displayName: 'Made', accountEnabled: true},
  ...{onPremisesSyncEnabled: true, onPremisesImmutableId: 'AAAA==', proxyAddresses: ['smtp:a@x.test']},
  ...{passwordProfile: {password: 'weak'}, newPassword: 'weak', newUserPrincipalName: 'other@known.test'},
  ...{issuerUri: 'urn:x', passiveSignInUri: 'https://x.test/', signingCertificate: 'AAAA', initialDomain: 'x'},
  ...{roleTemplateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1', city: 'Ottawa', businessPhones: [], administrator: {}},
}
const name = fc.oneof(
  {weight: 5, arbitrary: fc.constantFrom(...Object.keys(sample))},
  {weight: 2, arbitrary: fc.constantFrom(...Object.keys(userProperties))},
  fc.constantFrom(...strange),
  text,
)
const body = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(fc.tuple(name, fc.option(fc.jsonValue({maxDepth: 3}), {freq: 2})), {maxLength: 7})
      .map((pairs) =>
        pairs.map(([key, wild]) => [key, wild === null && Object.hasOwn(sample, key) ? sample[key] : wild]),
      )
      // Written by hand: an object would lose __proto__ and what comes twice.
      .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`),
  },
  fc.json(),
  text,
  fc.nat(5000).map((depth) => `{"city":${'['.repeat(depth)}${']'.repeat(depth)}}`),
)

test(
  'no body is too much',
  async () => {
    const target = fc.constantFrom(
      ...[
        'POST /users',
        'PATCH /users/known@known.test',
        'POST /users/known@known.test/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword',
      ],
      ...['POST /domains', 'PATCH /domains/known.test', 'POST /domains/known.test/federationConfiguration'],
      ...['PATCH /organization/ID', 'POST /directoryRoles', 'POST /fedctl/v1/tenants'],
      "POST /directoryRoles(roleTemplateId='62e90394-69f5-4237-9190-012177145e10')/members/$ref",
    )
    const seen = await fuzz(fc.tuple(target, body), ([where, content]) => {
      const [method, path = ''] = where.replace('ID', tenant.id).split(' ')
      const {send} = path.startsWith('/fedctl') ? {send: lab.ownerSend} : tenant
      return send(method as 'POST', path, content)
    })
    expect(seen).toEqual(expect.arrayContaining([204, 400]))
  },
  patience,
)

const clause = fc.tuple(property, text).map(([about, value]) => `"${about}:${value.replaceAll(/["\\]/g, '\\$&')}"`)
const {search} = fc.letrec<{search: string}>((tie) => ({
  search: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    clause,
    listOf(tie('search'), ' AND '),
    listOf(tie('search'), ' OR '),
    tie('search').map((one) => `(${one})`),
  ),
}))

test(
  'no $search and no $orderby is too much',
  async () => {
    const order = fc.tuple(property, fc.constantFrom('', ' asc', ' desc', ' up')).map((parts) => parts.join(''))
    const seen = await fuzz(fc.tuple(spoilt(search), fc.option(order)), ([$search, $orderby]) =>
      tenant.send(
        'GET',
        `/users?${new URLSearchParams({$search, ...($orderby === null ? {} : {$orderby})})}`,
        undefined,
        {consistencylevel: 'eventual'},
      ),
    )
    expect(seen.sort()).toEqual([200, 400])
  },
  patience,
)
