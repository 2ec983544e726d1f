import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
beforeAll(async () => {
  lab = await openTestDirectory()
})
afterAll(() => lab.close())

const fresh = {displayName: 'Fresh', initialDomain: ' Fresh.onmicrosoft.com.'}
const contoso = {displayName: 'Contoso', initialDomain: 'contoso.onmicrosoft.com', domainVerification: 'dns'}

describe('tenants of the store', () => {
  test('a new tenant has its initial domain and a Global Administrator whose password is told once', async () => {
    const {status, json} = await lab.ownerSend('POST', '/fedctl/v1/tenants', contoso)
    expect(status).toBe(201)
    expect(json).toMatchObject({...contoso, createdDateTime: '2026-11-21T10:00:00Z'})
    const administrator = json['administrator'] as Record<string, string>
    expect(administrator['userPrincipalName']).toBe('admin@contoso.onmicrosoft.com')
    expect(administrator['password']).toHaveLength(20)
    const send = lab.sendAs({tenantId: String(json['id']), accountId: String(administrator['id'])})
    expect((await send('GET', '/me')).json).toMatchObject({userPrincipalName: 'admin@contoso.onmicrosoft.com'})
    expect((await send('GET', '/domains')).json['value']).toMatchObject([
      {
        id: 'contoso.onmicrosoft.com',
        isDefault: true,
        isInitial: true,
        isVerified: true,
        authenticationType: 'Managed',
      },
    ])
    expect((await send('GET', '/organization')).json['value']).toMatchObject([
      {id: json['id'], displayName: 'Contoso', verifiedDomains: [{name: 'contoso.onmicrosoft.com', type: 'Managed'}]},
    ])
    const {json: found} = await lab.ownerSend('GET', '/fedctl/v1/tenants/contoso.onmicrosoft.com')
    expect(found).toMatchObject({...contoso, id: json['id']})
    expect(JSON.stringify(found)).not.toContain(administrator['password'])
  })

  test.each([
    ['the same initial domain', contoso, 409, 'contoso.onmicrosoft.com'],
    ['no display name', {initialDomain: 'x.onmicrosoft.com'}, 400, 'displayName'],
    ['no initial domain', {displayName: 'X'}, 400, 'initialDomain'],
    ['a malformed domain', {displayName: 'X', initialDomain: 'x y'}, 400, 'x y'],
    ['an administrator after a blank', {...fresh, administrator: {userPrincipalName: ' admin'}}, 400, 'a blank'],
    ['an unknown property', {...contoso, colour: 'red'}, 400, 'colour'],
    ['an unknown way of verification', {...contoso, domainVerification: 'later'}, 400, 'dns, none'],
  ])('refuses %s', async (_, body, status, named) => {
    const reply = await lab.ownerSend('POST', '/fedctl/v1/tenants', body)
    expect(reply.status).toBe(status)
    expect(reply.text).toContain(named)
    expect((await lab.ownerSend('GET', '/fedctl/v1/tenants')).json['value']).toHaveLength(1)
  })

  test('removing a tenant leaves nothing of it and nothing of another is touched', async () => {
    const other = await lab.newTenant('fabrikam.onmicrosoft.com')
    const gone = await lab.newTenant('gone.onmicrosoft.com')
    expect((await lab.ownerSend('DELETE', `/fedctl/v1/tenants/${gone.id}`)).status).toBe(204)
    expect((await gone.send('GET', '/users')).status).toBe(401)
    expect((await lab.ownerSend('GET', `/fedctl/v1/tenants/${gone.id}`)).status).toBe(404)
    expect((await other.send('GET', '/users')).json['value']).toHaveLength(1)
    expect((await lab.newTenant('gone.onmicrosoft.com')).administrator).toBe('admin@gone.onmicrosoft.com')
  })
})

describe('the organization of a tenant', () => {
  test('keeps what an administrator writes, and refuses what only the directory writes', async () => {
    const tenant = await lab.newTenant('org.onmicrosoft.com')
    const path = `/organization/${tenant.id}`
    const change = {city: 'Ottawa', technicalNotificationMails: ['it@org.test'], displayName: 'Org Inc.'}
    expect((await tenant.send('PATCH', path, change)).status).toBe(204)
    expect((await tenant.send('GET', path)).json).toMatchObject({...change, onPremisesSyncEnabled: null})
    expect((await tenant.send('GET', `${path}?$select=city`)).json).toMatchObject({city: 'Ottawa'})
    for (const wrong of [
      {verifiedDomains: {}},
      {city: 7},
      {technicalNotificationMails: ['nobody']},
      {displayName: null},
    ])
      expect((await tenant.send('PATCH', path, wrong)).text).toContain(Object.keys(wrong)[0])
    expect((await tenant.send('GET', path)).json).toMatchObject(change)
  })
})

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

/** A second user, a deleted one, and the role that every tenant has. */
async function furnished({send}: TestTenant): Promise<{deleted: string; role: string}> {
  const {json: domains} = await send('GET', '/domains')
  const [domain] = domains['value'] as {id: string}[]
  const add = async (local: string): Promise<string> => {
    const names = {displayName: local, mailNickname: local, userPrincipalName: `${local}@${domain?.id}`}
    const {json} = await send('POST', '/users', {...names, accountEnabled: true, onPremisesSyncEnabled: true})
    return String(json['id'])
  }
  await add('second')
  const deleted = await add('deleted')
  await send('DELETE', `/users/${deleted}`)
  const [role] = (await send('GET', '/directoryRoles')).json['value'] as {id: string}[]
  return {deleted, role: String(role?.id)}
}

describe('who is let in', () => {
  test('nobody without a ticket, with one that was never given, or with something else', async () => {
    for (const authorization of ['', 'Bearer nothing-of-ours', 'Basic YTpi']) {
      const headers = authorization === '' ? {} : {authorization}
      const {status, body} = await lab.directory.fetch({method: 'GET', url: 'http://x/v1.0/users', headers})
      expect([status, (JSON.parse(body) as {error: {code: string}}).error.code]).toEqual([
        401,
        'InvalidAuthenticationToken',
      ])
    }
  })

  test('a ticket reaches no further than it was given for', async () => {
    const tenant = await lab.newTenant('scope.onmicrosoft.com')
    expect((await tenant.send('GET', '/fedctl/v1/tenants')).status).toBe(403)
    expect((await lab.ownerSend('GET', '/users')).json).toMatchObject({error: {code: 'Authorization_RequestDenied'}})
  })

  test('tenants neither see nor change each other', async () => {
    const [one, other] = [await lab.newTenant('one.onmicrosoft.com'), await lab.newTenant('other.onmicrosoft.com')]
    const {deleted, role} = await furnished(other)
    const everything = async (): Promise<unknown> =>
      Promise.all(
        [
          'users',
          'domains',
          'organization',
          `directoryRoles/${role}/members`,
          'directory/deletedItems/microsoft.graph.user',
        ].map(async (path) => (await other.send('GET', `/${path}`)).json['value']),
      )
    const before = await everything()
    const [domain, reset] = [
      '/domains/other.onmicrosoft.com',
      'authentication/methods/28c10230-6103-485e-b985-444c60001490',
    ]
    const reference = (id: string) => ({'@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`})
    for (const [method, path, body] of [
      ['GET', `/users/${other.administratorId}`],
      ['PATCH', `/users/${other.administrator}`, {city: 'X'}],
      ['DELETE', `/users/${other.administratorId}`],
      ['GET', `/users/${other.administratorId}/memberOf`],
      ['POST', `/users/${other.administratorId}/${reset}/resetPassword`, {newPassword: 'Correct-7-horse'}],
      ['GET', `/directory/deletedItems/${deleted}`],
      ['POST', `/directory/deletedItems/${deleted}/restore`],
      ['DELETE', `/directory/deletedItems/${deleted}`],
      ['GET', domain],
      ['PATCH', domain, {isDefault: true}],
      ['DELETE', domain],
      ['POST', `${domain}/verify`],
      ['GET', `${domain}/domainNameReferences`],
      ['GET', `${domain}/federationConfiguration`],
      ['GET', `/organization/${other.id}`],
      ['PATCH', `/organization/${other.id}`, {city: 'X'}],
      ['GET', `/directoryRoles/${role}`],
      ['GET', `/directoryRoles/${role}/members`],
      ['POST', `/directoryRoles/${role}/members/$ref`, reference(one.administratorId)],
      ['DELETE', `/directoryRoles/${role}/members/${other.administratorId}/$ref`],
      [
        'POST',
        `/directoryRoles(roleTemplateId='${globalAdministrator}')/members/$ref`,
        reference(other.administratorId),
      ],
    ] as const)
      expect([method, path, (await one.send(method, path, body)).status]).toEqual([method, path, 404])
    expect(await everything()).toEqual(before)

    // The page token of one tenant shows another nobody but its own.
    const {json} = await other.send('GET', '/users?$top=1')
    const {search} = new URL(String(json['@odata.nextLink']))
    expect((await other.send('GET', `/users${search}`)).json['value']).toHaveLength(1)
    const seen = (await one.send('GET', `/users${search}&$select=id`)).json['value'] as {id: string}[]
    expect(seen.filter(({id}) => id !== one.administratorId)).toEqual([])
  })

  test('/me needs an account', async () => {
    const tenant = await lab.newTenant('me.onmicrosoft.com')
    expect((await tenant.send('GET', '/me')).status).toBe(400)
  })
})

describe('requests that make no sense', () => {
  let tenant: TestTenant
  beforeAll(async () => {
    tenant = await lab.newTenant('t1.onmicrosoft.com')
  })
  const refused = async (...request: Parameters<TestDirectory['ownerSend']>): Promise<unknown> => {
    const {status, json} = await tenant.send(...request)
    return [status, (json['error'] as {message: string}).message]
  }

  test('are named', async () => {
    expect(await refused('GET', '/nothing/here')).toEqual([404, expect.stringContaining('/v1.0/nothing/here')])
    expect(await refused('PUT', '/users')).toEqual([405, expect.stringContaining('only GET, POST')])
    expect(await refused('POST', '/users', '{"a":')).toEqual([400, expect.stringContaining('JSON')])
    expect(await refused('POST', '/users', '[]')).toEqual([400, expect.stringContaining('object')])
    expect(await refused('POST', '/users', `{"a":"${'x'.repeat(1_000_000)}"}`)).toEqual([
      400,
      expect.stringContaining('1000000'),
    ])
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(await refused('POST', '/users', `{"${name}":{"a":1}}`)).toEqual([
        400,
        `Property '${name}' does not exist as a declared property or extension property.`,
      ])
    expect(await refused('GET', '/constructor/__proto__')).toEqual([404, expect.stringContaining('__proto__')])
    expect(await refused('GET', '/users/%E0%A4%A')).toEqual([400, expect.stringContaining('%E0%A4%A')])
  })

  test('an error has Graph’s shape and echoes the id of the client’s request', async () => {
    const id = 'b9f2c1b4-0000-4000-8000-0000000000aa'
    const {json, headers} = await tenant.send('GET', '/users/nobody', undefined, {'client-request-id': id})
    expect(headers).toMatchObject({'request-id': id, 'client-request-id': id})
    expect(json).toEqual({
      error: {
        code: 'Request_ResourceNotFound',
        message: expect.stringContaining("'nobody'"),
        innerError: {date: '2026-11-21T10:00:00', 'request-id': id, 'client-request-id': id},
      },
    })
  })
})
