import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {Kysely} from 'kysely'
import type {Call} from '../../../src/lib/directory/api/call.ts'
import {readListOptions} from '../../../src/lib/directory/api/list-options.ts'
import {userProperties, userResource} from '../../../src/lib/directory/rules/user-properties.ts'
import {listObjects} from '../../../src/lib/directory/store/list-objects.ts'
import {openStore} from '../../../src/lib/directory/store/open-store.ts'
import type {Database} from '../../../src/lib/directory/store/schema.ts'
import {sqliteDialect} from '../../../src/lib/directory/store/sqlite-dialect.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

const eventual = {consistencylevel: 'eventual'}
const path = (options: Readonly<Record<string, string>>): string => `/users?${new URLSearchParams(options)}`

let lab: TestDirectory
let tenant: TestTenant
beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

async function add(upn: string, more: Json = {}): Promise<string> {
  const names = {displayName: upn, mailNickname: upn, userPrincipalName: `${upn}@syfuhs.onmicrosoft.com`}
  const user = {...names, accountEnabled: true, onPremisesSyncEnabled: true, ...more}
  const {status, json, text} = await tenant.send('POST', '/users', user)
  expect([status, text]).toEqual([201, expect.anything()])
  return String(json['id'])
}

describe('any $filter finds what a look at every user finds', () => {
  const select = Object.keys(userProperties).join()
  let users: Json[]
  const words = [
    'ada',
    'ADA',
    'Ada L',
    "o'neil",
    'Émilie',
    'e\u0301milie',
    'ß',
    'ẞ',
    'ΟΔΥΣΣΕΥΣ',
    '100%_x',
    '\u{10ffff}',
    '李四',
    'z',
  ]
  const addresses = ['ada@x.test', 'ADA@x.test', "o'neil@x.test", 'émilie@y.test']
  const times = ['2026-11-20T08:00:00Z', '2026-11-21T10:00:00Z', '2026-11-21T10:00:01Z']
  const open = [
    'city',
    'companyName',
    'department',
    'jobTitle',
    'postalCode',
    'streetAddress',
    'onPremisesSamAccountName',
  ]

  beforeAll(async () => {
    const some = (list: readonly string[], n: number): string => list[n % list.length] ?? ''
    for (let n = 0; n < 26; n++) {
      lab.clock.now = new Date(Date.parse('2026-11-21T10:00:00Z') + (n % 3) * 1000)
      const texts = open.flatMap((name, index) => ((n + index) % 3 === 0 ? [] : [[name, some(words, n * 5 + index)]]))
      await add(`user${n}`, {
        ...Object.fromEntries(texts),
        displayName: some(words, n),
        accountEnabled: n % 2 === 0,
        onPremisesImmutableId: n % 4 === 0 ? null : `${some(['AbC', 'abc'], n)}${n}==`,
        onPremisesLastSyncDateTime: n % 3 === 0 ? null : some(times, n),
        mail: n % 5 === 0 ? null : some(addresses, n),
        otherMails: addresses.slice(0, n % 4),
        proxyAddresses: n % 3 === 0 ? [`smtp:p${n}@x.test`] : [],
        employeeId: n % 2 === 0 ? some(words, n) : null,
      })
    }
    const {json} = await tenant.send('GET', path({$select: select, $top: '999'}))
    users = json['value'] as Json[]
  })

  /** A filter, and what it means. */
  interface Meant {
    readonly text: string
    readonly holds: (user: Json) => boolean
  }
  const folded = (value: unknown): string => String(value).normalize('NFC').toLowerCase()
  const order = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
  const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`
  const sizes = {eq: [0], ge: [0, 1], gt: [1], le: [0, -1], lt: [-1]} as const

  const named = (kind: string) =>
    Object.entries(userProperties).flatMap(([name, rule]) => (rule.kind === kind && 'eq' in rule ? [name] : []))
  const isExact = (name: string): boolean => name === 'onPremisesImmutableId'
  const text = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.constantFrom(...words, ...addresses, 'AbC1==', 'abc1==', 'Member', 'user1', 'smtp:p3@x.test'),
    },
    fc.string({unit: 'grapheme', maxLength: 3}).filter((value) => value.isWellFormed() && !/\p{Cc}/u.test(value)),
  )
  const textName = fc.constantFrom(...named('text'))
  const comparison = fc
    .tuple(textName, fc.constantFrom(...(Object.keys(sizes) as (keyof typeof sizes)[])), text)
    .map(([name, by, value]): Meant => {
      const key = isExact(name) ? String : folded
      const isSo = (sign: number): boolean => (sizes[by] as readonly number[]).includes(Math.sign(sign))
      return {
        text: `${name} ${by} ${quoted(value)}`,
        holds: (user) => user[name] !== null && isSo(order(key(user[name]), key(value))),
      }
    })
  const timed = fc
    .tuple(fc.constantFrom(...named('time')), fc.constantFrom('ge', 'lt', 'eq'), fc.constantFrom(...times))
    .map(([name, by, value]): Meant => {
      const compare = {
        ge: (t: number, v: number) => t >= v,
        lt: (t: number, v: number) => t < v,
        eq: (t: number, v: number) => t === v,
      }
      const test = compare[by as 'ge']
      return {
        text: `${name} ${by} ${value}`,
        holds: (user) => user[name] !== null && test(Date.parse(String(user[name])), Date.parse(value)),
      }
    })
  const unequal = fc.tuple(textName, text).map(
    ([name, value]): Meant => ({
      text: `${name} NE ${quoted(value)}`,
      holds: (user) =>
        user[name] === null || (isExact(name) ? user[name] !== value : folded(user[name]) !== folded(value)),
    }),
  )
  const nothing = fc.tuple(fc.constantFrom(...named('text'), ...named('flag')), fc.boolean()).map(
    ([name, is]): Meant => ({
      text: `${name} ${is ? 'eq' : 'ne'} null`,
      holds: (user) => (user[name] === null) === is,
    }),
  )
  const flag = fc
    .tuple(fc.constantFrom(...named('flag')), fc.boolean())
    .map(([name, value]): Meant => ({text: `${name} eq ${value}`, holds: (user) => user[name] === value}))
  const among = fc.tuple(textName, fc.array(fc.option(text), {minLength: 1, maxLength: 4})).map(
    ([name, values]): Meant => ({
      text: `${name} in (${values.map((value) => (value === null ? 'null' : quoted(value))).join(', ')})`,
      holds: (user) =>
        values.some((value) =>
          value === null || user[name] === null
            ? value === user[name]
            : isExact(name)
              ? value === user[name]
              : folded(value) === folded(user[name]),
        ),
    }),
  )
  const matching = ['startsWith', 'endsWith'] as const
  const matchOf =
    (by: 'startsWith' | 'endsWith', value: string) =>
    (of: unknown): boolean =>
      by === 'startsWith' ? folded(of).startsWith(folded(value)) : folded(of).endsWith(folded(value))
  const matchable = (by: string, kind: string): string[] =>
    Object.entries(userProperties).flatMap(([name, rule]) => (rule.kind === kind && by in rule ? [name] : []))
  const match = fc.tuple(fc.constantFrom(...matching), text, fc.nat()).map(([by, value, n]): Meant => {
    const names = matchable(by, 'text')
    const name = names[n % names.length] ?? ''
    return {
      text: `${by}(${name}, ${quoted(value)})`,
      holds: (user) => user[name] !== null && matchOf(by, value)(user[name]),
    }
  })
  const lists = fc.constantFrom('otherMails', 'proxyAddresses')
  const any = fc
    .tuple(lists, fc.array(fc.tuple(fc.constantFrom('eq', ...matching), text), {minLength: 1, maxLength: 3}))
    .map(
      ([name, clauses]): Meant => ({
        text: `${name}/any(x: ${clauses.map(([by, value]) => (by === 'eq' ? `x eq ${quoted(value)}` : `${by}(x,${quoted(value)})`)).join(' or ')})`,
        holds: (user) =>
          (user[name] as string[]).some((one) =>
            clauses.some(([by, value]) =>
              by === 'eq' ? folded(one) === folded(value) : matchOf(by as 'startsWith', value)(one),
            ),
          ),
      }),
    )
  const empty = fc.tuple(lists, fc.boolean()).map(
    ([name, is]): Meant => ({
      text: `${name}/$count ${is ? 'eq' : 'ne'} 0`,
      holds: (user) => ((user[name] as string[]).length === 0) === is,
    }),
  )
  const {filter} = fc.letrec<{filter: Meant}>((tie) => ({
    filter: fc.oneof(
      {depthSize: 'small', withCrossShrink: true},
      fc.oneof(comparison, timed, unequal, nothing, flag, among, match, any, empty),
      fc.tuple(tie('filter'), tie('filter'), fc.constantFrom('and', 'OR')).map(
        ([one, other, word]): Meant => ({
          text: `(${one.text} ${word} ${other.text})`,
          holds: (user) =>
            word === 'and' ? one.holds(user) && other.holds(user) : one.holds(user) || other.holds(user),
        }),
      ),
      tie('filter').map((one): Meant => ({text: `not(${one.text})`, holds: (user) => !one.holds(user)})),
    ),
  }))

  test('over all properties and operators', async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(filter, async ({text: $filter, holds}) => {
        const options = {$filter, $count: 'true', $select: 'id', $top: '999'}
        const {status, json, text: said} = await tenant.send('GET', path(options), undefined, eventual)
        expect([status, said]).toEqual([200, expect.anything()])
        const wanted = users.filter(holds).map(({id}) => id)
        if (wanted.length > 0 && wanted.length < users.length) hits++
        expect((json['value'] as Json[]).map(({id}) => id).sort()).toEqual(wanted.sort())
        expect(json['@odata.count']).toBe(wanted.length)
      }),
      {numRuns: 500},
    )
    // Else it would prove little.
    expect(hits).toBeGreaterThan(150)
  })
})

test('who is there all the time is on exactly one page, whoever comes and goes meanwhile', async () => {
  const orders: Record<string, string>[] = [
    {},
    {$orderby: 'displayName'},
    {$orderby: 'displayName desc'},
    {$orderby: 'userPrincipalName desc'},
    {$orderby: 'createdDateTime desc', $count: 'true'},
    {$filter: "startsWith(displayName,'p')", $count: 'true'},
    {$filter: "otherMails/any(m:startsWith(m,'p'))"},
    {$filter: "startsWith(mail,'p') or mail eq null", $orderby: 'displayName', $count: 'true'},
    {$search: '"displayName:p"'},
  ]
  let made = 0
  const come = (name: string) =>
    add(`p${made++}`, {
      displayName: `P ${name}`,
      otherMails: [`p${name}@x.test`],
      ...(made % 2 ? {mail: `p${made}@x.test`} : {}),
    })
  const letter = fc.constantFrom('a', 'B', 'ä', 'Z', '0')
  const step = fc.record({comes: fc.array(letter, {maxLength: 2}), goes: fc.array(fc.nat(), {maxLength: 2})})
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...orders),
      fc.array(letter, {minLength: 4, maxLength: 8}),
      fc.array(step, {minLength: 2, maxLength: 4}),
      async (order, names, steps) => {
        const stayed = new Set<string>()
        for (const name of names) stayed.add(await come(name))
        const gone = new Set<string>()
        const later: string[] = []
        const seen: string[] = []
        let next: string | undefined = path({...order, $select: 'id', $top: '2'})
        for (let turn = 0; next !== undefined; turn++) {
          const {json}: {json: Json} = await tenant.send('GET', next, undefined, eventual)
          seen.push(...(json['value'] as Json[]).map(({id}) => String(id)))
          next = (json['@odata.nextLink'] as string | undefined)?.replace('http://directory.test', '')
          for (const name of steps[turn]?.comes ?? []) later.push(await come(name))
          for (const index of steps[turn]?.goes ?? []) {
            const id = [...stayed][index % stayed.size] ?? ''
            gone.add(id)
            await tenant.send('DELETE', `/users/${id}`)
          }
        }
        expect(new Set(seen).size).toBe(seen.length)
        for (const id of stayed) if (!gone.has(id)) expect(seen).toContain(id)
        for (const id of [...stayed, ...later]) await tenant.send('DELETE', `/users/${id}`)
      },
    ),
    {numRuns: 25},
  )
}, 60_000)

describe('an index serves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-plans-'))
  const queries: {sql: string; parameters: readonly unknown[]}[] = []
  let database: DatabaseSync
  beforeAll(async () => {
    const file = join(folder, 'store', 'directory.db')
    await (await openStore(file, process.geteuid?.())).close()
    database = new DatabaseSync(file)
    database.function('fold', {deterministic: true}, (value) => value)
  })
  afterAll(() => {
    database.close()
    rmSync(folder, {recursive: true, force: true})
  })

  test.each([
    [{$filter: "userPrincipalName eq 'a'"}, 'usersUpn (tenantId=? AND upnKey=?)'],
    [{$filter: "startsWith(userPrincipalName,'a')"}, 'usersUpn (tenantId=? AND upnKey>? AND upnKey<?)'],
    [{$filter: "onPremisesImmutableId eq 'a'"}, 'usersImmutableId (tenantId=? AND onPremisesImmutableId=?)'],
    [{$filter: "displayName eq 'a'"}, 'usersByName (tenantId=? AND displayNameKey=?)'],
    [{$filter: "startsWith(displayName,'a')"}, 'usersByName (tenantId=? AND displayNameKey>? AND displayNameKey<?)'],
    [{$filter: "startsWith(displayName,'a')", $orderby: 'displayName'}, 'usersByName (tenantId=? AND displayNameKey>?'],
    [{$filter: "mail eq 'a' and accountEnabled eq true"}, 'usersByMail (tenantId=? AND <expr>=?)'],
    [{$filter: "mail eq 'a'", $orderby: 'displayName'}, 'usersByMail (tenantId=? AND <expr>=?)'],
    [{$filter: "startsWith(mail,'a')"}, 'usersByMail (tenantId=? AND <expr>>? AND <expr><?)'],
    [{$filter: "employeeId eq 'a'"}, 'usersByEmployee (tenantId=? AND <expr>=?)'],
    [{$filter: "id eq 'a'"}, 'sqlite_autoindex_users_1 (id=?)'],
    [{$filter: "proxyAddresses/any(p:p eq 'a')"}, 'userAddresses-addressKey (addressKey=?)'],
    [{$filter: "proxyAddresses/any(p:startsWith(p,'a'))"}, 'userAddresses-addressKey (addressKey>? AND addressKey<?)'],
    [{}, 'usersInOrder (tenantId=?)'],
    [{$orderby: 'displayName desc'}, 'usersByName (tenantId=?)'],
  ])('%o', async (options: Readonly<Record<string, string>>, index) => {
    const db = new Kysely<Database>({
      dialect: sqliteDialect(database, 100),
      log: ({query}) => void queries.push(query),
    })
    const url = new URL(`http://x.test${path({$count: 'true', ...options})}`)
    const {size, order, filter} = readListOptions({url, request: {headers: eventual}} as unknown as Call, userResource)
    const set = {resource: userResource, tenantId: 't', ...(filter === undefined ? {} : {filter})}
    await listObjects(db, set, {columns: ['displayName'], size, order})
    const {sql = '', parameters = []} = queries.at(-1) ?? {}
    const plan = database.prepare(`explain query plan ${sql}`).all(...(parameters as string[]))
    const steps = plan.map(({detail}) => String(detail))
    expect(steps.join('\n')).toContain(`USING INDEX ${index}`)
    // Whoever is found by an address is then found by id, not among all.
    expect(
      steps.filter((step) => step.startsWith('SCAN') || (index.includes('address') && step.includes('usersInOrder'))),
    ).toEqual([])
  })
})
