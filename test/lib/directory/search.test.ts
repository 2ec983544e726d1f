import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
const eventual = {consistencylevel: 'eventual'}

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  const add = (displayName: string, mailNickname: string, more: Json = {}) =>
    tenant.send('POST', '/users', {
      ...{accountEnabled: true, displayName, mailNickname, onPremisesSyncEnabled: true},
      ...{userPrincipalName: `${mailNickname}@syfuhs.onmicrosoft.com`, ...more},
    })
  await add('Ada Lovelace', 'ada', {mail: 'ada@syfuhs.test', proxyAddresses: ['SMTP:ada@syfuhs.test']})
  await add('HelloWorld Team', 'hello', {department: 'Sales'})
  await add('hello.world 42nd', 'dotted')
  await add('李四(David Li)', 'david')
  lab.clock.now = new Date('2026-11-21T11:00:00Z')
  await add('Zoë Ångström', 'zoe')
  const group = {mailEnabled: false, securityEnabled: true, mailNickname: 'g'}
  await tenant.send('POST', '/groups', {...group, displayName: 'OneVideo', description: 'Where films are made'})
  await tenant.send('POST', '/groups', {...group, displayName: 'Films', description: 'Nothing'})
})
afterAll(() => lab.close())

const ask = (set: string, options: Record<string, string>, headers: Record<string, string> = eventual) =>
  tenant.send('GET', `/${set}?${new URLSearchParams(options)}`, undefined, headers)

async function found(set: string, $search: string, more: Record<string, string> = {}): Promise<unknown[]> {
  const {status, json, text} = await ask(set, {$search, $count: 'true', ...more})
  expect([status, text]).toEqual([200, expect.anything()])
  const names = (json['value'] as Json[]).map(({displayName}) => displayName)
  expect(json['@odata.count']).toBe(names.length)
  return names
}

describe('$search', () => {
  test.each([
    ['"displayName:ada"', ['Ada Lovelace']],
    ['"displayName:LOVE ad"', ['Ada Lovelace']],
    ['"displayName:dal"', []],
    ['"displayName:world"', ['HelloWorld Team', 'hello.world 42nd']],
    ['"displayName:helloworld"', ['hello.world 42nd']],
    ['"displayName:HelloWorld"', ['HelloWorld Team', 'hello.world 42nd']],
    ['"displayName:42"', ['hello.world 42nd']],
    ['"displayName:nd"', ['hello.world 42nd']],
    ['"displayName:(李四"', ['李四(David Li)']],
    ['"displayName:Li 李"', ['李四(David Li)']],
    ['"displayName:ångs zoë"', ['Zoë Ångström']],
    [
      '"displayName:%_"',
      ['Administrator', 'Ada Lovelace', 'HelloWorld Team', 'hello.world 42nd', '李四(David Li)', 'Zoë Ångström'],
    ],
    ['"mail:ADA@"', ['Ada Lovelace']],
    ['"mail:syfuhs"', []],
    ['"proxyAddresses:smtp:ada"', ['Ada Lovelace']],
    ['"displayName:ada" OR "displayName:zoë"', ['Ada Lovelace', 'Zoë Ångström']],
    ['"displayName:ada" AND "displayName:zoë"', []],
    ['"displayName:hello" AND ("department:sal" OR "userPrincipalName:dot")', ['HelloWorld Team', 'hello.world 42nd']],
    ['"displayName:\\"ada\\""', ['Ada Lovelace']],
  ])('%s', async ($search, wanted) => {
    expect(await found('users', $search)).toEqual(wanted)
    expect(
      (await tenant.send('GET', `/users/$count?${new URLSearchParams({$search})}`, undefined, eventual)).text,
    ).toBe(`${wanted.length}`)
  })

  test('names and descriptions are found apart, also when they change', async () => {
    expect(await found('groups', '"displayName:video"')).toEqual(['OneVideo'])
    expect(await found('groups', '"displayName:films"')).toEqual(['Films'])
    expect(await found('groups', '"description:films made"')).toEqual(['OneVideo'])
    const [{id} = {}] = (await ask('groups', {$search: '"displayName:one"'})).json['value'] as Json[]
    await tenant.send('PATCH', `/groups/${id}`, {description: 'Books'})
    expect(await found('groups', '"description:films"')).toEqual([])
    expect(await found('groups', '"description:book" AND "displayName:one video"')).toEqual(['OneVideo'])
  })

  test('narrows a filter, which needs no $count then, and can be sorted', async () => {
    const {json} = await ask('users', {$search: '"displayName:hello"', $filter: "department ne 'Sales'"})
    expect(json['value']).toMatchObject([{displayName: 'hello.world 42nd'}])
    expect(await found('users', '"displayName:l"', {$orderby: 'displayName desc'})).toEqual([
      '李四(David Li)',
      'Ada Lovelace',
    ])
  })

  test('is for advanced queries alone', async () => {
    expect((await ask('users', {$search: '"displayName:ada"'}, {})).json).toMatchObject({
      error: {
        code: 'Request_UnsupportedQuery',
        message:
          "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      },
    })
  })

  test.each([
    ['ada', 'position 0'],
    ['"ada"', '"property:text"'],
    ['"displayName:ada', 'position 0'],
    ['"displayName:ada" "mail:ada"', 'position 18'],
    ['"displayName:ada" or "mail:ada"', 'position 18'],
    ['("displayName:ada"', 'too early'],
    ['', 'too early'],
    ['"colour:red"', "'colour'"],
    ['"__proto__:x"', "'__proto__'"],
    ['"accountEnabled:true"', "'accountEnabled'"],
    [`${'('.repeat(30)}"displayName:a"${')'.repeat(30)}`, 'more than 20'],
    [Array.from({length: 60}, () => '"displayName:a"').join(' OR '), 'more than 50'],
  ])('refuses %s', async ($search, named) => {
    const {status, text} = await ask('users', {$search})
    expect([status, text.replaceAll('\\"', '"')]).toEqual([400, expect.stringContaining(named)])
  })
})

describe('$orderby', () => {
  const first = async (set: string, options: Record<string, string>): Promise<unknown> =>
    ((await ask(set, {$count: 'true', ...options})).json['value'] as Json[])[0]?.['displayName']

  test('takes times only in advanced queries', async () => {
    expect(await first('users', {$orderby: 'createdDateTime desc'})).toBe('Zoë Ångström')
    expect((await ask('users', {$orderby: 'createdDateTime'}, {})).json).toMatchObject({
      error: {code: 'Request_UnsupportedQuery', message: "Unsupported sort property 'createdDateTime' for 'User'."},
    })
    expect((await ask('users', {$orderby: 'city', $count: 'true'})).json).toMatchObject({
      error: {code: 'Request_UnsupportedQuery', message: 'An unsupported property was specified.'},
    })
  })

  test('goes on where nothing is', async () => {
    const device = {
      accountEnabled: true,
      operatingSystem: 'Linux',
      operatingSystemVersion: '6',
      alternativeSecurityIds: [{type: 2, key: 'AAAA'}],
    }
    for (const [displayName, approximateLastSignInDateTime] of [
      ['a', null],
      ['b', '2026-11-20T10:00:00Z'],
      ['c', null],
      ['d', '2026-11-19T10:00:00Z'],
    ] as const)
      expect(
        await tenant.send('POST', '/devices', {
          ...device,
          displayName,
          deviceId: `0000000${displayName}-0000-4000-8000-000000000000`,
          approximateLastSignInDateTime,
        }),
      ).toMatchObject({status: 201})
    const seen: unknown[] = []
    const $orderby = 'approximateLastSignInDateTime desc'
    let next: string | undefined = `/devices?${new URLSearchParams({$orderby, $count: 'true', $top: '1'})}`
    while (next !== undefined) {
      const {json}: {json: Json} = await tenant.send('GET', next, undefined, eventual)
      seen.push(...(json['value'] as Json[]).map(({displayName}) => displayName))
      next = (json['@odata.nextLink'] as string | undefined)?.replace('http://directory.test', '')
    }
    expect(seen.slice(0, 2)).toEqual(['b', 'd'])
    expect(seen.slice(2).sort()).toEqual(['a', 'c'])
  })
})
