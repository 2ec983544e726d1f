import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {planUserMove, userPlaceResource} from '../../../src/lib/administration/deleted-user-resource.ts'
import {domainResource, planNewDomain} from '../../../src/lib/administration/domain-resource.ts'
import {planNewUser, planUserChange} from '../../../src/lib/administration/plan-user.ts'
import {planMembership, roleMemberResource} from '../../../src/lib/administration/role-member-resource.ts'
import {planNewTenant, tenantResource} from '../../../src/lib/administration/tenant-resource.ts'
import {userResource} from '../../../src/lib/administration/user-resource.ts'
import {openDirectoryClient} from '../../../src/lib/directory-client/directory-client.ts'
import {openGraph} from '../../../src/lib/graph/graph-client.ts'
import type {Transport} from '../../../src/lib/http/transport.ts'
import {globalAdministratorTemplateId} from '../../../src/lib/model/role.ts'
import type {NewTenant} from '../../../src/lib/model/tenant.ts'
import type {Step} from '../../../src/lib/plan/plan.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {openTestDirectory, type Send, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {planOf} from '../../parts/plan-world.ts'

let world: TestDirectory
let tenant: TestTenant
let changing: string[] = []
/** What somebody else does just before the first change, and what becomes of its answer. */
let before: (send: Send) => Promise<unknown> = async () => {}
let answered: Transport = (request) => world.directory.fetch(request)

beforeEach(async () => {
  world = await openTestDirectory()
  tenant = await world.newTenant('contoso.onmicrosoft.com')
  changing = []
  before = async () => {}
  answered = (request) => world.directory.fetch(request)
})
afterEach(() => world.close())

const transportOf =
  (caller: {tenantId?: string}): Transport =>
  async (request) => {
    const headers = {...request.headers, authorization: `Bearer ${world.directory.ticketFor(caller)}`}
    if (request.method === 'GET') return world.directory.fetch({...request, headers})
    if (changing.push(`${request.method} ${new URL(request.url).pathname}`) === 1) await before(tenant.send)
    return answered({...request, headers})
  }
const graph = () => openGraph(transportOf({tenantId: tenant.id}), 'http://directory.test/v1.0')
const client = () => openDirectoryClient(transportOf({}), 'http://directory.test')
const run = (steps: readonly Step[], resources: Parameters<typeof runPlan>[1]) => runPlan(planOf(...steps), resources)

const upn = 'race@contoso.onmicrosoft.com'
const mine = planNewUser({userPrincipalName: upn, displayName: 'Mine', mailNickname: 'race', blockCredential: false})
const theirs = {accountEnabled: true, displayName: 'Theirs', mailNickname: 'race', userPrincipalName: upn}
const makeTheirs = (send: Send) => send('POST', '/users', {...theirs, passwordProfile: {password: 'Corr3ct-Horse'}})
const password = {password: 'An0ther-Horse', forceChange: true}

describe('what somebody else makes at the same moment stays as it is', () => {
  test('a user', async () => {
    before = makeTheirs
    await expect(run([mine], {user: userResource(graph(), {password})})).rejects.toMatchObject({code: 'AlreadyExists'})
    expect(changing).toEqual(['POST /v1.0/users'])
    expect((await tenant.send('GET', `/users/${upn}`)).json).toMatchObject({displayName: 'Theirs'})
  })

  test('a user that was there just before, also one that looks the same', async () => {
    await makeTheirs(tenant.send)
    for (const step of [mine, {...mine, after: {displayName: 'Theirs'}}])
      await expect(run([step], {user: userResource(graph())})).rejects.toMatchObject({code: 'AlreadyExists'})
    expect(changing).toEqual([])
  })

  test('a domain', async () => {
    before = (send) => send('POST', '/domains', {id: 'contoso.com'})
    const resources = {domain: domainResource(graph())}
    await expect(run([planNewDomain('contoso.com')], resources)).rejects.toMatchObject({code: 'AlreadyExists'})
    await expect(run([planNewDomain('contoso.com')], resources)).rejects.toMatchObject({code: 'AlreadyExists'})
    expect(changing).toEqual(['POST /v1.0/domains'])
    expect((await tenant.send('GET', '/domains/contoso.com')).status).toBe(200)
  })

  test('a tenant', async () => {
    const wanted = {displayName: 'Syfuhs', initialDomain: 'race.onmicrosoft.com', domainVerification: 'none'} as const
    const made: NewTenant[] = []
    const resources = {tenant: tenantResource(client(), made)}
    before = () => world.newTenant(wanted.initialDomain)
    await expect(run([planNewTenant(wanted)], resources)).rejects.toMatchObject({code: 'AlreadyExists'})
    await expect(run([planNewTenant(wanted)], resources)).rejects.toMatchObject({code: 'AlreadyExists'})
    expect([changing, made]).toEqual([['POST /fedctl/v1/tenants'], []])
    expect((await client().listTenants()).length).toBe(2)
  })

  test('a role that is given, a user that is removed, a change that is refused', async () => {
    const {roles, users} = graph()
    const role = await roles.find(globalAdministratorTemplateId)
    await makeTheirs(tenant.send)
    const user = await users.get(upn)
    if (role?.objectId === undefined) throw new Error('there is no such role')
    const member = {'@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user.objectId}`}
    before = (send) => send('POST', `/directoryRoles/${role.objectId}/members/$ref`, member)
    const steps = planMembership(role, user, {isMember: false, shallBe: true})
    const given = {'role member': roleMemberResource(graph(), role, user.objectId)}
    await expect(run(steps, given)).rejects.toMatchObject({code: 'AlreadyExists'})

    changing = []
    before = (send) => send('PATCH', `/users/${upn}`, {city: 'Ghent'})
    const change = planUserChange(user, {city: 'Bruges', usageLocation: 'Nowhere'})
    const changed = {user: userResource(graph(), {objectId: user.objectId})}
    await expect(run(change, changed)).rejects.toMatchObject({code: 'Refused'})
    expect((await tenant.send('GET', `/users/${upn}?$select=city`)).json).toMatchObject({city: 'Ghent'})

    changing = []
    before = (send) => send('DELETE', `/users/${upn}`)
    const moved = {'user place': userPlaceResource(graph(), user.objectId)}
    await expect(run([planUserMove(user, 'present', 'deleted')], moved)).rejects.toMatchObject({code: 'NotFound'})
    expect(changing.length).toBe(1)
  })
})

describe('undo', () => {
  test('removes the user that this run made', async () => {
    const step = {...mine, after: {...(mine.after as object), city: 'Ghent'}}
    answered = (request) => world.directory.fetch({...request, ...without('city', request.body)})
    await expect(run([step], {user: userResource(graph(), {password})})).rejects.toMatchObject({code: 'PlanFailed'})
    expect(changing).toEqual(['POST /v1.0/users', expect.stringContaining('DELETE /v1.0/users/')])
  })

  test('leaves one of which nobody knows who made it, and says so', async () => {
    answered = async (request) => ({...(await world.directory.fetch(request)), status: 504})
    const error = {code: 'PartlyDone', details: [expect.stringContaining(`not undone: create the user (${upn})`)]}
    await expect(run([mine], {user: userResource(graph(), {password})})).rejects.toMatchObject(error)
    expect(changing).toEqual(['POST /v1.0/users'])
  })
})

const without = (name: string, body: string | undefined) =>
  body === undefined ? {} : {body: JSON.stringify({...JSON.parse(body), [name]: undefined})}
