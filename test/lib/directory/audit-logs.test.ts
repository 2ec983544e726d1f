import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider, newToken, newUser, postToken} from '../../parts/sign-in-lab.ts'

let lab: TestDirectory
let tenant: TestTenant
let adaId: string
let grace: TestTenant['send']

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  const ada = {accountEnabled: true, displayName: "Ada O'Neil", mailNickname: 'ada', onPremisesSyncEnabled: true}
  const made = await tenant.send('POST', '/users', {...ada, userPrincipalName: 'Ada@syfuhs.onmicrosoft.com'})
  adaId = String(made.json['id'])
  grace = lab.sendAs({tenantId: tenant.id, accountId: tenant.administratorId})
  lab.clock.now = new Date('2026-11-21T11:00:00Z')
  await grace('PATCH', `/users/${adaId}`, {city: 'Rome', accountEnabled: false}, {'client-request-id': 'a-change'})
  lab.clock.now = new Date('2026-11-21T12:00:00Z')
  const roles = await tenant.send('GET', '/directoryRoles')
  const role = String((roles.json['value'] as Json[])[0]?.['id'])
  await tenant.send('POST', `/directoryRoles/${role}/members/$ref`, {'@odata.id': `x/directoryObjects/${adaId}`})
})
afterAll(() => lab.close())

async function activities($filter: string): Promise<unknown[]> {
  const path = `/auditLogs/directoryAudits?$filter=${encodeURIComponent($filter)}`
  const {status, json, text} = await tenant.send('GET', path)
  if (status !== 200) return [status, text]
  return (json['value'] as Json[]).map((entry) => entry['activityDisplayName'])
}

const whole = ['Add member to role', 'Disable account', 'Update user', 'Add user']

describe('the audit log', () => {
  test.each([
    ["startswith(activityDisplayName,'add u')", ['Add user']],
    ["activityDisplayName eq 'Update user'", ['Update user']],
    ['activityDateTime ge 2026-11-21T11:00:00Z', whole.slice(0, 3)],
    ['activityDateTime le 2026-11-21T11:00:00Z and activityDateTime ge 2026-11-21T10:30:00Z', whole.slice(1, 3)],
    ["category eq 'RoleManagement'", ['Add member to role']],
    ["category ne 'UserManagement'", ['Add member to role']],
    ["correlationId eq 'a-change'", whole.slice(1, 3)],
    ["loggedByService eq 'Core Directory' and result eq 'success'", whole],
    ["result eq 'failure'", []],
    ["initiatedBy/app/displayName eq 'fedctl'", ['Add member to role', 'Add user']],
    ["startsWith(initiatedBy/user/userPrincipalName,'ADMIN')", whole.slice(1, 3)],
    ["initiatedBy/user/id eq null and category eq 'UserManagement'", ['Add user']],
    ["targetResources/any(t:t/displayName eq 'ada o''neil')", whole],
    ["targetResources/any(t:startsWith(t/displayName,'Global'))", ['Add member to role']],
    ["targetResources/any(t: t/id eq 'nobody')", []],
  ])('%s', async (filter, wanted) => {
    expect(await activities(filter)).toEqual(wanted)
  })

  test('is asked by what was changed and by whom', async () => {
    expect(await activities(`targetResources/any(t:t/id eq '${adaId.toUpperCase()}')`)).toEqual(whole)
    expect(await activities(`initiatedBy/user/id eq '${tenant.administratorId}'`)).toEqual(whole.slice(1, 3))
  })

  test.each([
    ["targetResources/any(t:t/type eq 'User')", 'targetResources/type'],
    ["targetResources/any(t:u/id eq 'x')", 'any'],
    ["initiatedBy/user/name eq 'x'", 'initiatedBy/user/name'],
    ["initiatedBy/user/id/any(x:x eq 'y')", 'initiatedBy/user/id'],
    ["targetResources/id eq 'x'", 'targetResources/id'],
    ["startsWith(category,'x')", 'category'],
    ["resultReason eq 'x'", 'resultReason'],
  ])('refuses %s', async (filter, named) => {
    expect(await activities(filter)).toEqual([400, expect.stringContaining(named)])
  })

  test('an entry says who did what to whom', async () => {
    const path = "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Update user'"
    const [entry] = (await tenant.send('GET', path)).json['value'] as Json[]
    expect(entry).toMatchObject({
      activityDateTime: '2026-11-21T11:00:00Z',
      operationType: 'Update',
      correlationId: 'a-change',
      initiatedBy: {app: null, user: {id: tenant.administratorId, userPrincipalName: tenant.administrator}},
      targetResources: [
        {
          id: adaId,
          type: 'User',
          modifiedProperties: [
            {displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]'},
            {displayName: 'City', oldValue: '[]', newValue: '["Rome"]'},
            {displayName: 'Included Updated Properties', newValue: '"AccountEnabled, City"'},
          ],
        },
      ],
    })
    const one = await tenant.send('GET', `/auditLogs/directoryAudits/${entry?.['id']}`)
    expect(one.json).toMatchObject({id: expect.stringMatching(/^Directory_a-change_\d+$/), result: 'success'})
    for (const id of [`${entry?.['id']}0`, 'Directory_other_3', 'toString'])
      expect((await tenant.send('GET', `/auditLogs/directoryAudits/${id}`)).status).toBe(404)
  })

  test('is paged from the newest, or from the oldest when that is asked for', async () => {
    for (const [order, wanted] of [
      ['', whole],
      ['&$orderby=activityDateTime asc', whole.toReversed()],
    ] as const) {
      const found: unknown[] = []
      let next: unknown = `/auditLogs/directoryAudits?$top=1&$select=activityDisplayName${order}`
      while (next !== undefined) {
        const {json} = await tenant.send('GET', String(next).replace('http://directory.test', ''))
        found.push(...(json['value'] as Json[]).map((entry) => Object.values(entry).join()))
        next = json['@odata.nextLink']
      }
      expect(found).toEqual(wanted)
    }
    for (const query of ['$top=1001', '$orderby=category', '$select=colour', '$expand=user', '$skiptoken=x'])
      expect((await tenant.send('GET', `/auditLogs/directoryAudits?${query}`)).status).toBe(400)
  })

  test('is of one tenant, and not for everybody', async () => {
    const other = await lab.newTenant('other.onmicrosoft.com')
    expect((await other.send('GET', '/auditLogs/directoryAudits')).json['value']).toEqual([])
    const entry = (await tenant.send('GET', '/auditLogs/directoryAudits?$top=1')).json['value'] as Json[]
    expect((await other.send('GET', `/auditLogs/directoryAudits/${entry[0]?.['id']}`)).status).toBe(404)
  })

  test('has nothing of what was refused, and forgets after 30 days', async () => {
    const before = await activities("result eq 'success'")
    expect((await tenant.send('PATCH', `/users/${adaId}`, {colour: 'red'})).status).toBe(400)
    expect(await activities("result eq 'success'")).toEqual(before)
    lab.clock.now = new Date('2026-12-21T11:30:00Z')
    // What is too old is looked for at every 64th change.
    for (let index = 0; index < 64; index++) await tenant.send('PATCH', `/users/${adaId}`, {city: `City ${index}`})
    const kept = await activities("result eq 'success'")
    expect([kept.length, new Set(kept)]).toEqual([65, new Set(['Update user', 'Add member to role'])])
    expect(await activities(`targetResources/any(t:t/id eq '${adaId}')`)).toHaveLength(65)
  })
})

describe('the log of sign-ins', () => {
  const list = async ($filter: string): Promise<unknown[]> => {
    const {json, text} = await tenant.send('GET', `/auditLogs/signIns?$filter=${encodeURIComponent($filter)}`)
    return ((json['value'] ?? [text]) as Json[]).map(({status}) => (status as Json)['errorCode'])
  }

  test('has who came and who was refused, newest first', async () => {
    lab.clock.now = new Date('2026-11-21T13:00:00.500Z')
    const sts = await newProvider('http://sts.syfuhs.test')
    await newDomain(tenant, 'syfuhs.test')
    await federate(tenant, 'syfuhs.test', sts)
    await newUser(tenant, 'alan@syfuhs.test', 'YWxhbg==')
    const token = await newToken(lab, sts, {immutableId: 'YWxhbg=='})
    await postToken(lab, token)
    await postToken(lab, token)
    const {json} = await tenant.send('GET', '/auditLogs/signIns')
    const [refused, accepted] = json['value'] as Json[]
    expect(json['value']).toHaveLength(2)
    expect(refused).toMatchObject({status: {errorCode: 50013}, userPrincipalName: 'alan@syfuhs.test'})
    expect(accepted).toMatchObject({
      status: {errorCode: 0},
      createdDateTime: '2026-11-21T13:00:00.500Z',
      conditionalAccessStatus: 'notApplied',
    })
    expect((await tenant.send('GET', `/auditLogs/signIns/${accepted?.['id']}`)).json).toMatchObject(accepted as Json)
    expect((await tenant.send('GET', '/auditLogs/signIns/other')).status).toBe(404)
  })

  test.each<[string, unknown[]]>([
    ['status/errorCode eq 50013', [50013]],
    ['status/errorCode ne 0', [50013]],
    ['createdDateTime ge 2026-11-21T13:00:00.5Z', [50013, 0]],
    ['createdDateTime ge 2026-11-21T13:00:00.501Z', []],
    ["startsWith(userPrincipalName,'ALAN') and status/errorCode in (0, 1)", [0]],
    ["appId eq 'x'", []],
    ["clientAppUsed eq 'browser' and userId ne null", [50013, 0]],
  ])('%s', async (filter, wanted) => {
    expect(await list(filter)).toEqual(wanted)
  })

  test.each(['status/errorCode gt 0', "status/errorCode eq '0'", "failureReason eq 'x'"])(
    'refuses %s',
    async (filter) => {
      expect((await tenant.send('GET', `/auditLogs/signIns?$filter=${encodeURIComponent(filter)}`)).status).toBe(400)
    },
  )
})
