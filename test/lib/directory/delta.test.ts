import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

let made = 0

async function newUser(more: Json = {}): Promise<string> {
  const name = `user${++made}`
  const {json, text} = await tenant.send('POST', '/users', {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@syfuhs.onmicrosoft.com`,
    onPremisesSyncEnabled: true,
    ...more,
  })
  if (json['id'] === undefined) throw new Error(text)
  return String(json['id'])
}

const path = (link: unknown): string => String(link).replace('http://directory.test', '')
const small = {prefer: 'return=representation, odata.maxpagesize=3'}

/** Follows a link to the end of its round: what it told, page by page, and the link to the next round. */
async function follow(from: string, between: () => Promise<unknown> = async () => undefined) {
  const told: Json[] = []
  let next: string | undefined = from
  for (;;) {
    const {status, json, text} = await tenant.send('GET', next, undefined, small)
    if (status !== 200) throw new Error(text)
    told.push(...(json['value'] as Json[]))
    if (json['@odata.deltaLink'] !== undefined) return {told, link: path(json['@odata.deltaLink'])}
    next = path(json['@odata.nextLink'])
    await between()
  }
}

const all = async (): Promise<Map<unknown, Json>> => {
  const {json} = await tenant.send('GET', '/users?$top=999&$select=id,displayName,city,userPrincipalName')
  return new Map((json['value'] as Json[]).map((user) => [user['id'], user]))
}

/** What a client makes of what it was told. */
function apply(replica: Map<unknown, Json>, told: readonly Json[]): void {
  for (const object of told)
    if (object['@removed'] === undefined) replica.set(object['id'], object)
    else replica.delete(object['id'])
}

const actions = ['make', 'change', 'delete', 'restore', 'purge', 'rename'] as const

/** Does one of them to some user; what cannot be done now is left. */
async function act(action: (typeof actions)[number], pick: number): Promise<void> {
  const living = [...(await all()).keys()].filter((id) => id !== tenant.administratorId)
  const deleted = (await tenant.send('GET', '/directory/deletedItems/microsoft.graph.user')).json['value'] as Json[]
  const [one, gone] = [living[pick % Math.max(living.length, 1)], deleted[pick % Math.max(deleted.length, 1)]?.['id']]
  if (action === 'make') await newUser()
  else if (action === 'restore' && gone !== undefined)
    await tenant.send('POST', `/directory/deletedItems/${gone}/restore`, {})
  else if (action === 'purge' && gone !== undefined) await tenant.send('DELETE', `/directory/deletedItems/${gone}`)
  else if (one === undefined) return
  else if (action === 'change') await tenant.send('PATCH', `/users/${one}`, {city: `city ${pick}`})
  else if (action === 'rename') await tenant.send('PATCH', `/users/${one}`, {displayName: `name ${pick}`})
  else if (action === 'delete') await tenant.send('DELETE', `/users/${one}`)
}

test('a client has what the directory has, whatever happens between pages and rounds', async () => {
  for (let index = 0; index < 8; index++) await newUser()
  const change = fc.tuple(fc.constantFrom(...actions), fc.nat(1000))
  const rounds = fc.array(fc.array(change, {maxLength: 6}), {minLength: 1, maxLength: 4})
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      const replica = new Map<unknown, Json>()
      let link = '/users/delta?$select=displayName,city,userPrincipalName'
      for (const round of rounds) {
        const todo = [...round]
        const next = async () => {
          const change = todo.shift()
          if (change !== undefined) await act(...change)
        }
        const page = await follow(link, next)
        apply(replica, page.told)
        while (todo.length > 0) await next()
        link = page.link
      }
      apply(replica, (await follow(link)).told)
      expect(replica).toEqual(await all())
    }),
    {numRuns: 25},
  )
}, 60_000)

describe('users/delta', () => {
  test('$select says what is told, and what counts as a change', async () => {
    const [one, other] = [await newUser({city: 'Rome'}), await newUser()]
    const {told, link} = await follow('/users/delta()?$select=city')
    expect(told).toContainEqual({id: one, city: 'Rome'})
    await tenant.send('PATCH', `/users/${one}`, {jobTitle: 'Clerk'})
    await tenant.send('PATCH', `/users/${other}`, {city: 'Bonn'})
    const second = await follow(link)
    expect(second.told).toEqual([{id: other, city: 'Bonn'}])
    const whole = await follow('/users/microsoft.graph.delta()?$deltatoken=latest')
    expect(whole.told).toEqual([])
    await tenant.send('PATCH', `/users/${one}`, {jobTitle: 'Boss'})
    expect((await follow(whole.link)).told).toMatchObject([{id: one, jobTitle: 'Boss', businessPhones: []}])
    expect((await follow(second.link)).told).toEqual([])
  })

  test('who was deleted can come back, who was purged cannot', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const {link} = await follow('/users/delta?$deltatoken=latest&$select=displayName')
    for (const id of [one, other]) await tenant.send('DELETE', `/users/${id}`)
    await tenant.send('DELETE', `/directory/deletedItems/${other}`)
    const second = await follow(link)
    expect(second.told).toEqual([
      {id: one, '@removed': {reason: 'changed'}},
      {id: other, '@removed': {reason: 'deleted'}},
    ])
    await tenant.send('POST', `/directory/deletedItems/${one}/restore`, {})
    expect((await follow(second.link)).told).toEqual([{id: one, displayName: expect.any(String)}])
  })

  test('is filtered by ids alone', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const query = encodeURIComponent(`id eq '${one.toUpperCase()}' or id eq 'nobody'`)
    const {told, link} = await follow(`/users/delta?$filter=${query}&$select=id`)
    expect(told).toEqual([{id: one}])
    for (const id of [one, other]) await tenant.send('PATCH', `/users/${id}`, {city: 'Oslo'})
    expect((await follow(link)).told).toEqual([])
    await tenant.send('DELETE', `/users/${one}`)
    expect((await follow(link)).told).toHaveLength(1)
  })

  test.each([
    ['$top=5', '$top'],
    ['$orderby=displayName', '$orderby'],
    ['$expand=manager', '$expand'],
    ["$filter=displayName eq 'Ada'", 'only by id'],
    ["$filter=id ne 'x'", 'only by id'],
    ['$select=colour', 'colour'],
  ])('refuses %s', async (query, named) => {
    const {status, text} = await tenant.send('GET', `/users/delta?${query}`)
    expect([status, text]).toEqual([400, expect.stringContaining(named)])
  })

  test('a token of another tenant, of another set or of nobody is not known', async () => {
    const other = await lab.newTenant('other.onmicrosoft.com')
    const {link} = await follow('/users/delta')
    for (const [send, to] of [
      [other.send, link],
      [tenant.send, link.replace('/users/', '/groups/')],
      [tenant.send, '/users/delta?$deltatoken=bm9uZQ'],
      [tenant.send, `/users/delta?$skiptoken=${Buffer.from('{"since":"x","time":1}').toString('base64url')}`],
    ] as const) {
      const {status, json} = await send('GET', to)
      expect([status, json]).toMatchObject([410, {error: {code: 'syncStateNotFound'}}])
    }
  })

  test('a token lives as long as the log of changes', async () => {
    const {link} = await follow('/users/delta')
    lab.clock.now = new Date(lab.clock.now.getTime() + 30 * 86_400_000)
    expect((await tenant.send('GET', link)).status).toBe(200)
    lab.clock.now = new Date(lab.clock.now.getTime() + 1000)
    const {status, json} = await tenant.send('GET', link)
    expect([status, json]).toMatchObject([410, {error: {code: 'resyncRequired'}}])
  })
})

test('groups, devices, applications and service principals have it, too', async () => {
  for (const set of ['groups', 'devices', 'applications']) expect((await follow(`/${set}/delta`)).told).toEqual([])
  const {told} = await follow('/servicePrincipals/delta')
  expect(told).toMatchObject([{displayName: 'Microsoft Graph', passwordCredentials: []}])
  const {link} = await follow('/applications/delta?$select=displayName')
  const {json} = await tenant.send('POST', '/applications', {displayName: 'Robot'})
  expect((await follow(link)).told).toEqual([{id: json['id'], displayName: 'Robot'}])
})

describe('members', () => {
  const linked = (id: string, isGone = false): Json => ({
    '@odata.type': '#microsoft.graph.user',
    id,
    ...(isGone ? {'@removed': {reason: 'deleted'}} : {}),
  })
  const reference = (id: string): Json => ({'@odata.id': `https://graph.test/v1.0/directoryObjects/${id}`})

  test('of groups are told: all of a group that is new, then who came and who went', async () => {
    const [ada, bob, eve] = [await newUser(), await newUser(), await newUser()]
    const body = {displayName: 'Crew', mailEnabled: false, mailNickname: 'crew', securityEnabled: true}
    const {json} = await tenant.send('POST', '/groups', body)
    const group = `/groups/${json['id']}`
    const add = (id: string) => tenant.send('POST', `${group}/members/$ref`, reference(id))
    const remove = (id: string) => tenant.send('DELETE', `${group}/members/${id}/$ref`)
    for (const id of [ada, bob]) await add(id)
    const first = await follow('/groups/delta?$select=displayName,members')
    expect(first.told).toContainEqual({
      id: json['id'],
      displayName: 'Crew',
      'members@delta': expect.arrayContaining([linked(ada), linked(bob)]),
    })
    await remove(ada)
    await add(eve)
    await remove(bob)
    await add(bob)
    const second = await follow(first.link)
    const links = second.told.flatMap((object) => object['members@delta'] as Json[])
    expect(new Map(links.map((link) => [link['id'], link]))).toEqual(
      new Map([linked(ada, true), linked(eve), linked(bob)].map((link) => [link['id'], link])),
    )
    const names = await follow('/groups/delta?$select=displayName&$deltatoken=latest')
    await remove(eve)
    expect((await follow(names.link)).told).toEqual([])
    await tenant.send('DELETE', group)
    await tenant.send('POST', `/directory/deletedItems/${json['id']}/restore`, {})
    const back = await follow((await follow('/groups/delta?$deltatoken=latest')).link)
    expect(back.told).toEqual([])
    expect((await follow(names.link)).told.at(-1)).toEqual({id: json['id'], displayName: 'Crew'})
  })

  test('of roles, too', async () => {
    const {link} = await follow('/directoryRoles/delta?$deltatoken=latest')
    const roles = await tenant.send('GET', '/directoryRoles')
    const role = String((roles.json['value'] as Json[])[0]?.['id'])
    const id = await newUser()
    await tenant.send('POST', `/directoryRoles/${role}/members/$ref`, reference(id))
    expect((await follow(link)).told).toMatchObject([{id: role, 'members@delta': [linked(id)]}])
  })
})
