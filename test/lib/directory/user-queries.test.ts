import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant
const advanced = {consistencylevel: 'eventual'}

/** Federated-free and synchronised, so that no password is hashed for the many of them. */
const add = (displayName: string, more: Json = {}) => {
  const local = displayName
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '')
  const upn = `${local}@syfuhs.onmicrosoft.com`
  const required = {
    accountEnabled: true,
    displayName,
    mailNickname: local,
    userPrincipalName: upn,
    onPremisesSyncEnabled: true,
  }
  return tenant.send('POST', '/users', {...required, ...more})
}

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  await add('Ada Lovelace', {
    department: 'Sales',
    city: 'London',
    proxyAddresses: ['SMTP:Ada@Syfuhs.test'],
    onPremisesImmutableId: 'AdA==',
  })
  await add('Blaise Pascal', {
    department: 'sales',
    accountEnabled: false,
    otherMails: ['blaise@home.test'],
    onPremisesLastSyncDateTime: '2026-11-20T08:00:00Z',
  })
  await add('Zoë O’Neil', {department: "O'Neil & Co", jobTitle: '100%_sure'})
  await add('Émilie du Châtelet', {department: 'Research'})
})
afterAll(() => lab.close())

const query = (options: Record<string, string>): string =>
  `/users?${Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`

/** So many values for `in`. */
const list = (length: number): string => Array.from({length}, (_, index) => `'v${index}'`).join(',')

const clauses = (length: number, word: string): string =>
  Array.from({length}, (_, index) => `city eq 'v${index}'`).join(` ${word} `)
const withoutAda = ['Administrator', 'Blaise', 'Zoë', 'Émilie']

async function names($filter: string, more: Record<string, string> = {}): Promise<unknown[]> {
  const {status, json, text} = await tenant.send('GET', query({$filter, $count: 'true', ...more}), undefined, advanced)
  expect([status, text]).toEqual([200, expect.anything()])
  const found = (json['value'] as Json[]).map(({displayName}) => String(displayName).split(' ')[0])
  expect(json['@odata.count']).toBe(found.length)
  return found
}

describe('$filter', () => {
  test.each([
    ["department eq 'SALES'", ['Ada', 'Blaise']],
    ["startsWith(displayName,'ÉMILIE')", ['Émilie']],
    ["endswith(userPrincipalName,'@SYFUHS.onmicrosoft.com') and city eq 'london'", ['Ada']],
    ["department eq 'O''Neil & Co'", ['Zoë']],
    ["startsWith(jobTitle,'100%_')", ['Zoë']],
    ["startsWith(jobTitle,'1000')", []],
    ["startsWith(displayName,'_')", []],
    ["department ne 'sales'", ['Administrator', 'Zoë', 'Émilie']],
    ["not(department eq 'sales') and accountEnabled eq true", ['Administrator', 'Zoë', 'Émilie']],
    ['city eq null and department ne null', ['Blaise', 'Zoë', 'Émilie']],
    ["department in ('Research', 'Sales')", ['Ada', 'Blaise', 'Émilie']],
    ["city in ('London', null) and department in (null, 'sales')", ['Administrator', 'Ada', 'Blaise']],
    ["not(city in ('London'))", ['Administrator', 'Blaise', 'Zoë', 'Émilie']],
    ['accountEnabled in (false)', ['Blaise']],
    ['city gt null', []],
    ['accountEnabled eq false', ['Blaise']],
    ['onPremisesSyncEnabled ne true', ['Administrator']],
    ["onPremisesImmutableId eq 'AdA=='", ['Ada']],
    ["onPremisesImmutableId eq 'ada=='", []],
    ["proxyAddresses/any(p:p eq 'smtp:ada@syfuhs.test')", ['Ada']],
    ["otherMails/any(x:startsWith(x,'blaise@'))", ['Blaise']],
    [
      "proxyAddresses/any(p:endsWith(p,'@syfuhs.test')) or otherMails/any(m:endsWith(m,'@home.test'))",
      ['Ada', 'Blaise'],
    ],
    ['onPremisesLastSyncDateTime ge 2026-11-20T10:00:00+02:00', ['Blaise']],
    ['createdDateTime gt 2026-11-21T10:00:00Z', []],
    [
      "city eq 'London' or (city eq null and (department eq 'Research' or accountEnabled eq false))",
      ['Ada', 'Blaise', 'Émilie'],
    ],
    ["displayName eq 'x'' or 1 eq 1 --'", []],
  ])('%s', async (filter, wanted) => {
    expect(await names(filter)).toEqual(wanted)
  })

  test.each([
    ["colour eq 'red'", "'colour'"],
    ['lastPasswordChangeDateTime eq 2026-01-01T00:00:00Z', "'lastPasswordChangeDateTime'"],
    ["endsWith(displayName,'x')", "'displayName'"],
    ["department like 'x'", "'like'"],
    ["department eq 'x", 'position 14'],
    ['department eq', 'too early'],
    ["department eq 'x' city eq 'y'", "'city'"],
    ['accountEnabled eq 1', 'true or false'],
    ['department eq true', 'needs a string'],
    ["createdDateTime ge 'soon'", 'a time'],
    ["proxyAddresses eq 'x'", "'proxyAddresses'"],
    ["city/any(c:c eq 'x')", "'city'"],
    ["otherMails/all(c:c eq 'x')", 'otherMails/all'],
    ["otherMails/any(c:c ne 'x')", 'any'],
    ["CONSTRUCTOR(displayName,'r')", "An unknown function with name 'CONSTRUCTOR' was found."],
    ["toString eq 'x'", "Could not find a property named 'toString'"],
    ['__proto__ eq 1', "Could not find a property named '__proto__'"],
    ["hasOwnProperty/any(x:x eq 'y')", "Could not find a property named 'hasOwnProperty'"],
    ['city eq toString', "'toString' at position 8"],
  ])('refuses %s', async (filter, named) => {
    const {status, text} = await tenant.send('GET', query({$filter: filter, $count: 'true'}), undefined, advanced)
    expect([status, text]).toEqual([400, expect.stringContaining(named)])
  })

  test.each(["department ne 'x'", "not(department eq 'x')", "endsWith(mail,'x')", "onPremisesImmutableId eq 'x'"])(
    '%s is for advanced queries alone',
    async (filter) => {
      for (const [options, headers] of [
        [{$filter: filter}, advanced],
        [{$filter: filter, $count: 'true'}, {}],
      ] as const) {
        const {status, json} = await tenant.send('GET', query(options), undefined, headers)
        expect([status, json]).toMatchObject([400, {error: {code: 'Request_UnsupportedQuery'}}])
      }
    },
  )

  test.each([
    ['many values', `department in (${list(199)},'sales')`, ['Ada', 'Blaise']],
    ['many clauses, deep', `${'not '.repeat(47)}(${clauses(199, 'or')} or city eq 'London')`, withoutAda],
    ['a text that grows', `startsWith(displayName,'${'\ufb2c'.repeat(7900)}')`, []],
  ])('takes %s', async (_, filter, wanted) => {
    expect(await names(filter)).toEqual(wanted)
  })

  test.each([
    ['many values', `city in (${list(201)})`, 'more than 200 values'],
    ['many clauses', clauses(201, 'or'), 'more than 200 values'],
    ['deep', `${'('.repeat(60)}city eq 'x'${')'.repeat(60)}`, 'levels'],
    ['long', `city eq '${'x'.repeat(8000)}'`, '8000'],
  ])('refuses what is too %s', async (_, filter, named) => {
    const {status, text} = await tenant.send('GET', query({$filter: filter, $count: 'true'}), undefined, advanced)
    expect([status, text]).toEqual([400, expect.stringContaining(named)])
  })

  test('a plain query takes 15 choices, in one list or several', async () => {
    const $filter = `city in (${list(10)}) or (city eq 'x' or department in (${list(4)}))`
    expect((await tenant.send('GET', query({$filter}))).status).toBe(200)
    for (const over of [$filter.replace('in (', "in ('y',"), `city in (${list(16)})`])
      expect((await tenant.send('GET', query({$filter: over}))).json).toMatchObject({
        error: {
          code: 'Request_UnsupportedQuery',
          message:
            "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
        },
      })
  })

  test('any text is found by itself, as a value and as a beginning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({unit: 'grapheme', minLength: 1, maxLength: 20}), async (text) => {
        fc.pre(!/\p{Cc}/u.test(text) && text.isWellFormed())
        const quoted = `'${text.replaceAll("'", "''")}'`
        await tenant.send('PATCH', '/users/adalovelace@syfuhs.onmicrosoft.com', {state: text})
        expect(await names(`state eq ${quoted}`)).toEqual(['Ada'])
        expect(await names(`startsWith(state,${quoted})`)).toEqual(['Ada'])
      }),
      {numRuns: 50},
    )
  })
})

describe('$select, $orderby, $count', () => {
  test('only what is selected is shown, and only what there is can be', async () => {
    const {json} = await tenant.send('GET', query({$select: 'displayName,provisionedPlans', $top: '1'}))
    expect(json['value']).toEqual([{displayName: 'Administrator', provisionedPlans: []}])
    expect((await tenant.send('GET', query({$select: 'passwordHash'}))).text).toContain(
      "Could not find a property named 'passwordHash'",
    )
  })

  test('orders by name', async () => {
    const first = async ($orderby: string): Promise<unknown> =>
      ((await tenant.send('GET', query({$orderby}))).json['value'] as Json[])[0]
    expect(await first('displayName')).toMatchObject({displayName: 'Ada Lovelace'})
    expect(await first('displayName desc')).toMatchObject({displayName: 'Émilie du Châtelet'})
    expect(await first('userPrincipalName desc')).toMatchObject({displayName: 'Zoë O’Neil'})
    expect(await names("department eq 'sales'", {$orderby: 'displayName desc'})).toEqual(['Blaise', 'Ada'])
    for (const options of [{$orderby: 'city'}, {$orderby: 'displayName', $filter: "city eq 'x'"}])
      expect((await tenant.send('GET', query(options))).json).toMatchObject({error: {code: 'Request_UnsupportedQuery'}})
  })

  test('counts when it is asked to', async () => {
    const path = `/users/$count?$filter=${encodeURIComponent("department eq 'sales'")}`
    expect(await tenant.send('GET', path, undefined, advanced)).toMatchObject({
      text: '2',
      headers: {'content-type': 'text/plain'},
    })
    expect((await tenant.send('GET', path)).text).toContain('$count is not currently supported.')
    expect((await tenant.send('GET', '/users?$count=true')).json).not.toHaveProperty('@odata.count')
  })

  test.each([
    ['$top=0', 'Must be between 1 and 999 inclusive.'],
    ['$top=1000', "Invalid page size specified: '1000'."],
    ['$top=ten', "'ten'"],
    ['$top=1e2', "'1e2'"],
    ['$skip=3', "'$skip' is not supported by the service."],
    ['$expand=aunts', "'aunts'"],
    ['$select=constructor', "'constructor'"],
    ['$orderby=toString', "'toString'"],
    ['__proto__[x]=1&$__proto__=1', "Unrecognized query argument specified: '__proto__[x]'."],
    ['$skiptoken=bm90IG91cnM', '$skiptoken'],
  ])('refuses %s', async (option, named) => {
    const {status, text} = await tenant.send('GET', `/users?${option}`)
    expect([status, text]).toEqual([400, expect.stringContaining(named)])
  })
})

test('$top means the same at every list that has pages, and roles have none', async () => {
  for (const list of ['domains', 'organization', 'users']) {
    for (const top of ['abc', '-1', '0', '1000', ''])
      expect((await tenant.send('GET', `/${list}?$top=${top}`)).text).toContain(`Invalid page size specified: '${top}'`)
    expect((await tenant.send('GET', `/${list}?$top=1`)).json['value']).toHaveLength(1)
    expect((await tenant.send('GET', `/${list}?$skip=1`)).text).toContain("'$skip' is not supported by the service.")
  }
  for (const list of ['directoryRoles', 'directoryRoleTemplates'])
    expect((await tenant.send('GET', `/${list}?$top=1`)).json).toMatchObject({
      error: {code: 'Request_UnsupportedQuery', message: expect.stringContaining('custom page sizes')},
    })
})

describe('pages', () => {
  async function walk(path: string, onPage: (page: number) => Promise<unknown>): Promise<unknown[]> {
    const seen: unknown[] = []
    for (let [next, page] = [path as string | undefined, 1]; next !== undefined; page++) {
      const {json} = await tenant.send('GET', next, undefined, advanced)
      seen.push(...(json['value'] as Json[]).map(({displayName}) => displayName))
      expect('@odata.count' in json).toBe(page === 1)
      next = (json['@odata.nextLink'] as string | undefined)?.replace(/^http:\/\/directory\.test/, '')
      await onPage(page)
    }
    return seen
  }

  test.each(['createdDateTime', 'displayName', 'displayName desc'])(
    'ordered by %s: nobody twice, nobody missed',
    async (order) => {
      const filter = {$filter: "startsWith(displayName,'page')", $count: 'true', $top: '2'}
      const orderby: Record<string, string> = order === 'createdDateTime' ? {} : {$orderby: order}
      const all = ['Page Ä', 'Page b', 'Page B', 'Page c', 'Page D']
      for (const [index, name] of all.entries())
        await add(name, {userPrincipalName: `p${index}@syfuhs.onmicrosoft.com`})
      const seen = await walk(query({...filter, ...orderby}), async (page) => {
        // In front of everything that follows, whichever the order: it must not shift the next page.
        if (page === 1) await add('Page !', {userPrincipalName: 'front@syfuhs.onmicrosoft.com'})
        if (page === 1)
          await tenant.send('DELETE', `/users/p${order === 'displayName desc' ? 0 : 1}@syfuhs.onmicrosoft.com`)
      })
      expect(new Set(seen).size).toBe(seen.length)
      expect(all.filter((name) => !seen.includes(name)).length).toBeLessThanOrEqual(1)
      for (const upn of ['p0', 'p1', 'p2', 'p3', 'p4', 'front'])
        await tenant.send('DELETE', `/users/${upn}@syfuhs.onmicrosoft.com`)
    },
  )
})
