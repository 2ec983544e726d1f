import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {isOnServer} from '../../parts/test-store.ts'

const inFile = isOnServer ? test.skip : test
let lab: TestDirectory
let tenant: TestTenant
const signingCertificate = Buffer.from((await signingIdentity(rsaKey())).certificate.der).toString('base64')

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  await federated('fed.test')
  await trusted('managed.test')
})
afterAll(() => lab.close())

async function trusted(domain: string): Promise<void> {
  await tenant.send('POST', '/domains', {id: domain})
  expect((await tenant.send('POST', `/domains/${domain}/verify`)).status).toBe(200)
}

async function federated(domain: string): Promise<void> {
  await trusted(domain)
  const settings = {issuerUri: `urn:${domain}`, passiveSignInUri: 'https://sts.test/', signingCertificate}
  expect((await tenant.send('POST', `/domains/${domain}/federationConfiguration`, settings)).status).toBe(201)
}

const password = 'Correct-7-horse'
let count = 0

/** A body for POST /users: valid, for a managed user with a name of its own. */
function body(change: Json = {}): Json {
  const local = `user${++count}`
  return {
    accountEnabled: true,
    displayName: `User ${count}`,
    mailNickname: local,
    userPrincipalName: `${local}@managed.test`,
    passwordProfile: {password},
    ...change,
  }
}

async function made(change: Json = {}): Promise<string> {
  const {status, json, text} = await tenant.send('POST', '/users', body(change))
  expect([status, text]).toEqual([201, expect.anything()])
  return String(json['id'])
}

const inFed = (change: Json = {}): Json => ({
  userPrincipalName: `u${++count}@fed.test`,
  onPremisesImmutableId: `anchor${count}==`,
  ...change,
})

const message = (json: Json): string => (json['error'] as {message: string}).message
const user = async (id: string, select: string): Promise<Json> => {
  const {'@odata.context': _, ...json} = (await tenant.send('GET', `/users/${id}?$select=${select}`)).json
  return json
}

async function refused(change: Json, status = 400): Promise<string> {
  const before = (await tenant.send('GET', '/users?$top=999')).json['value'] as Json[]
  const reply = await tenant.send('POST', '/users', body(change))
  expect(reply.status).toBe(status)
  expect((await tenant.send('GET', '/users?$top=999')).json['value']).toHaveLength(before.length)
  return message(reply.json)
}

async function unchangeable(id: string, change: Json): Promise<string> {
  const all = 'userPrincipalName,onPremisesImmutableId,lastPasswordChangeDateTime,city,proxyAddresses'
  const before = await user(id, all)
  const {status, json} = await tenant.send('PATCH', `/users/${id}`, change)
  expect(status).toBe(400)
  expect(await user(id, all)).toEqual(before)
  return message(json)
}

const change = async (id: string, properties: Json): Promise<void> => {
  const {status, text} = await tenant.send('PATCH', `/users/${id}`, properties)
  expect([status, text]).toEqual([204, ''])
}

const anchorMissing = 'You must provide a required property: Parameter name: FederatedUser.SourceAnchor'

describe('creating a user', () => {
  test('answers with Graph’s standard properties and keeps all that were given', async () => {
    const wanted = body({
      businessPhones: ['+1 555 0100'],
      city: 'Ottawa',
      companyName: 'Syfuhs',
      onPremisesLastSyncDateTime: '2026-11-20T08:00:00.123Z',
      otherMails: ['steve@example.test'],
      passwordPolicies: 'DisablePasswordExpiration',
      proxyAddresses: ['SMTP:steve@managed.test', 'smtp:s@managed.test'],
      usageLocation: 'CA',
    })
    const {status, json} = await tenant.send('POST', '/users', wanted)
    expect(status).toBe(201)
    const standard =
      'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName'
    expect(Object.keys(json).sort()).toEqual(['@odata.context', ...standard.split(' ')])
    const {passwordProfile: _, ...kept} = wanted
    const select = [
      ...Object.keys(kept),
      'createdDateTime,userType,deletedDateTime,assignedLicenses,passwordProfile,lastPasswordChangeDateTime',
    ].join()
    expect(await user(String(json['id']), select)).toEqual({
      ...kept,
      onPremisesLastSyncDateTime: '2026-11-20T08:00:00Z',
      createdDateTime: '2026-11-21T10:00:00Z',
      userType: 'Member',
      deletedDateTime: null,
      assignedLicenses: [],
      passwordProfile: null,
      lastPasswordChangeDateTime: '2026-11-21T10:00:00Z',
    })
  })

  test('is found by id and by UPN in any case, spelled in every way a URL can', async () => {
    const id = await made({userPrincipalName: "$Zoeo'neil@Managed.test"})
    for (const path of ["%24zoeo'neil@managed.test", '$ZOEO%27NEIL%40MANAGED.TEST', id.toUpperCase()])
      expect((await tenant.send('GET', `/users/${path}`)).json['id']).toBe(id)
    for (const key of ["('$zoeo''neil@managed.test')", '(%27%24zoeo%27%27neil%40managed.test%27)'])
      expect((await tenant.send('GET', `/beta/users${key}`)).json['id']).toBe(id)
  })

  test.each(['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName', 'passwordProfile'])(
    'needs %s',
    async (name) => {
      expect(await refused({[name]: undefined})).toBe(`A value is required for property '${name}' of resource 'User'.`)
    },
  )

  test.each([
    ['an unknown property', {colour: 'red'}, "'colour' does not exist"],
    ['a property that only the directory writes', {id: 'x'}, "'id' is read-only"],
    ['text where a flag belongs', {accountEnabled: 'yes'}, "'accountEnabled'"],
    ['a number where text belongs', {city: 7}, "'city'"],
    ['a list where text belongs', {otherMails: 'a@b'}, "'otherMails'"],
    ['nothing where something must be', {displayName: ''}, "'displayName'"],
    ['a nickname with a blank', {mailNickname: 'a b'}, 'must not have a blank'],
    ['a line break', {jobTitle: 'a\nb'}, "'jobTitle'"],
    ['more characters than there may be', {department: 'x'.repeat(65)}, "'department'"],
    ['an unknown kind of user', {userType: 'Robot'}, 'Member, Guest'],
    ['a country that is no code', {usageLocation: 'Canada'}, 'it must be the two letters of a country, as in DE'],
    ['a time that is none', {onPremisesLastSyncDateTime: 'today'}, "'onPremisesLastSyncDateTime'"],
    ['$ in an immutable id', {onPremisesImmutableId: 'a$b'}, 'must not have $ or _'],
    ['_ in an immutable id', {onPremisesImmutableId: 'a_b'}, "'onPremisesImmutableId'"],
    ['an unknown policy', {passwordPolicies: 'NoStrength'}, 'it must be None, DisablePasswordExpiration'],
    ['an address of nothing', {proxyAddresses: ['smtp']}, 'as in smtp:ada@contoso.com'],
    ['two primary addresses', {proxyAddresses: ['SMTP:a@x.test', 'SMTP:b@x.test']}, "'proxyAddresses'"],
    ['an address twice', {proxyAddresses: ['SMTP:a@x.test', 'smtp:A@x.test']}, 'there twice'],
    [
      'too many addresses',
      {proxyAddresses: Array.from({length: 401}, (_, i) => `smtp:${i}@x.test`)},
      'than 400 values',
    ],
    ['too many numbers', {businessPhones: Array.from({length: 251}, String)}, 'than 250 values'],
    ['an unknown part of a password profile', {passwordProfile: {secret: 'x'}}, "'secret'"],
    ['a malformed UPN', {userPrincipalName: 'no-domain'}, "'userPrincipalName'"],
    ['a UPN after a blank', {userPrincipalName: ' blank@managed.test'}, 'a blank before or after'],
    ['a UPN before a blank', {userPrincipalName: 'blank@managed.test\u00a0'}, 'a blank before or after'],
    ['a UPN in a domain of nobody', {userPrincipalName: 'x@nowhere.test'}, 'one of the verified domain names'],
  ])('refuses %s', async (_, wrong, named) => {
    expect(await refused(wrong)).toContain(named)
  })

  test('refuses a UPN in a domain that is not proved', async () => {
    const strict = await lab.newTenant('strict.onmicrosoft.com', 'dns')
    await strict.send('POST', '/domains', {id: 'unproved.test'})
    const {status, json} = await strict.send('POST', '/users', body({userPrincipalName: 'x@unproved.test'}))
    expect([status, message(json)]).toEqual([400, expect.stringContaining('verified domain names')])
  })

  test('names are taken once: UPN in any case, immutable id in its very case, addresses in any case', async () => {
    await made({
      userPrincipalName: 'ada@managed.test',
      onPremisesImmutableId: 'Anchor==',
      proxyAddresses: ['SMTP:one@x.test'],
    })
    const taken = (name: string): string => `Another object with the same value for property ${name} already exists.`
    expect(await refused({userPrincipalName: 'ADA@managed.TEST'})).toBe(taken('userPrincipalName'))
    expect(await refused({onPremisesImmutableId: 'Anchor=='})).toBe(taken('onPremisesImmutableId'))
    expect(await refused({proxyAddresses: ['smtp:ONE@x.test']})).toBe(taken('proxyAddresses'))
    const id = await made({onPremisesImmutableId: 'anchor=='})
    expect(await unchangeable(id, {userPrincipalName: 'Ada@managed.test'})).toBe(taken('userPrincipalName'))
    const other = await lab.newTenant('elsewhere.onmicrosoft.com')
    expect(
      (
        await other.send(
          'POST',
          '/users',
          body({userPrincipalName: 'a@elsewhere.onmicrosoft.com', onPremisesImmutableId: 'Anchor=='}),
        )
      ).status,
    ).toBe(201)
  })
})

describe('changing a user', () => {
  test('null clears, and addresses are found as they are now', async () => {
    const id = await made({city: 'Ottawa', proxyAddresses: ['SMTP:before@x.test'], otherMails: ['kept@x.test']})
    const found = async (property: string, address: string): Promise<unknown> => {
      const filter = encodeURIComponent(`${property}/any(a:a eq '${address}')`)
      return ((await tenant.send('GET', `/users?$select=id&$filter=${filter}`)).json['value'] as Json[])[0]?.['id']
    }
    await change(id, {city: null, proxyAddresses: ['SMTP:after@x.test']})
    expect(await user(id, 'city,proxyAddresses')).toEqual({city: null, proxyAddresses: ['SMTP:after@x.test']})
    expect(await found('proxyAddresses', 'smtp:before@x.test')).toBeUndefined()
    expect(await found('proxyAddresses', 'smtp:after@x.test')).toBe(id)
    expect(await found('otherMails', 'kept@x.test')).toBe(id)
  })

  test('refuses to clear what must be there', async () => {
    const id = await made()
    for (const name of ['displayName', 'userPrincipalName', 'accountEnabled', 'otherMails'])
      expect(await unchangeable(id, {[name]: null, city: 'X'})).toContain(`'${name}'`)
  })
})

describe('passwords', () => {
  test.each([
    ['too short', 'Ab1!xyz', {}, '8 to 256'],
    ['too long', `Ab1!${'x'.repeat(253)}`, {}, '8 to 256'],
    ['of two classes', 'abcdefgh1', {}, 'three of'],
    ['containing the name', 'xx-Augusta-7', {userPrincipalName: 'augusta@managed.test'}, 'name of the user'],
  ])('refuses one that is %s', async (_, weak, more, named) => {
    const said = await refused({passwordProfile: {password: weak}, ...more})
    expect(said).toContain('does not comply with password complexity requirements')
    expect(said).toContain(named)
    expect(said).not.toContain(weak)
  })

  test('a strong one is not demanded where the policy says so, but a long one is', async () => {
    await made({passwordProfile: {password: 'abcdefgh'}, passwordPolicies: 'DisableStrongPassword'})
    expect(await refused({passwordProfile: {password: 'abc'}, passwordPolicies: 'DisableStrongPassword'})).toContain(
      '8 to 256',
    )
  })

  inFile('is kept as a hash only', async () => {
    await made({passwordProfile: {password: 'Find-Me-In-The-File-9'}})
    const files = [lab.file, `${lab.file}-wal`].map((file) => readFileSync(file, 'latin1')).join('')
    expect(files).toContain('scrypt$16384$8$5$')
    expect(files).not.toContain('Find-Me-In-The-File-9')
  })

  test('of a federated or synchronised user is accepted and dropped', async () => {
    const [one, other] = [
      await made(inFed({passwordProfile: {password: 'x'}})),
      await made({onPremisesSyncEnabled: true, passwordProfile: {password: 'x'}}),
    ]
    for (const id of [one, other]) {
      await change(id, {passwordProfile: {password: 'y'}})
      expect(await user(id, 'lastPasswordChangeDateTime')).toEqual({lastPasswordChangeDateTime: null})
    }
    await made(inFed({passwordProfile: undefined}))
  })

  test('a change is dated, and ends the sessions from before it', async () => {
    const id = await made()
    lab.clock.now = new Date('2026-11-22T10:00:00Z')
    await change(id, {passwordProfile: {forceChangePasswordNextSignIn: false}})
    expect(await user(id, 'lastPasswordChangeDateTime')).toEqual({lastPasswordChangeDateTime: '2026-11-21T10:00:00Z'})
    await change(id, {passwordProfile: {password: 'Another-8-horse'}})
    const now = '2026-11-22T10:00:00Z'
    expect(await user(id, 'lastPasswordChangeDateTime,signInSessionsValidFromDateTime')).toEqual({
      lastPasswordChangeDateTime: now,
      signInSessionsValidFromDateTime: now,
    })
    expect(await unchangeable(id, {passwordProfile: {password: 'weak'}, city: 'X'})).toContain('complexity')
  })

  test('can be reset, to one that is given or made', async () => {
    const id = await made()
    const path = (of: string, method = '28c10230-6103-485e-b985-444c60001490'): string =>
      `/users/${of}/authentication/methods/${method}/resetPassword`
    expect((await tenant.send('POST', path(id), {newPassword: 'Given-9-password'})).json).toMatchObject({
      newPassword: 'Given-9-password',
    })
    const {json} = await tenant.send('POST', path(id))
    expect(json['newPassword']).toHaveLength(20)
    expect((await tenant.send('POST', path(id), {newPassword: 'weak'})).status).toBe(400)
    expect((await tenant.send('POST', path(id, tenant.id))).status).toBe(404)
    const onPremises = await tenant.send('POST', path(await made(inFed())))
    expect([onPremises.status, message(onPremises.json)]).toEqual([400, expect.stringContaining('kept on premises')])
  })
})

describe('users and federation', () => {
  test('a user of a federated domain needs an immutable id', async () => {
    expect(await refused(inFed({onPremisesImmutableId: undefined}))).toBe(
      'One or more properties contains invalid values.',
    )
    const id = await made(inFed())
    expect(await unchangeable(id, {onPremisesImmutableId: 'other=='})).toBe(anchorMissing)
    expect(await unchangeable(id, {onPremisesImmutableId: null})).toBe(anchorMissing)
    await change(id, {city: 'Ottawa'})
  })

  test('a user without one, whose domain was federated later, can be given one', async () => {
    await trusted('later.test')
    const id = await made({userPrincipalName: 'late@later.test'})
    await federated2('later.test')
    await change(id, {city: 'Ottawa'})
    await change(id, {userPrincipalName: 'late2@later.test'})
    await change(id, {onPremisesImmutableId: 'late=='})
    expect(await unchangeable(id, {onPremisesImmutableId: null})).toBe(anchorMissing)
  })
  const federated2 = (domain: string) =>
    tenant.send('POST', `/domains/${domain}/federationConfiguration`, {
      issuerUri: `urn:${domain}`,
      passiveSignInUri: 'https://sts.test/',
      signingCertificate,
    })

  test('moving to a federated domain needs an immutable id, moving back a password', async () => {
    const id = await made()
    expect(await unchangeable(id, {userPrincipalName: 'mover@fed.test'})).toBe(anchorMissing)
    await change(id, {userPrincipalName: 'mover@fed.test', onPremisesImmutableId: 'mover=='})
    expect(await unchangeable(id, {userPrincipalName: 'mover@managed.test'})).toContain("'passwordProfile'")
    expect(await unchangeable(id, {userPrincipalName: ' mover@fed.test'})).toContain('a blank before or after')
    await change(id, {userPrincipalName: 'mover@managed.test', passwordProfile: {password}})
    await change(id, {onPremisesImmutableId: null})
    const synchronised = await made(inFed({onPremisesSyncEnabled: true}))
    await change(synchronised, {userPrincipalName: 'synced@managed.test'})
  })
})

describe('deleted users', () => {
  const deleted = async (): Promise<unknown[]> =>
    ((await tenant.send('GET', '/directory/deletedItems/microsoft.graph.user?$top=999')).json['value'] as Json[]).map(
      (one) => one['id'],
    )

  test('wait for 30 days and come back as they were', async () => {
    const id = await made({
      userPrincipalName: 'gone@managed.test',
      proxyAddresses: ['SMTP:gone@x.test'],
      otherMails: ['g@x.test'],
    })
    expect((await tenant.send('DELETE', '/users/gone@managed.test')).status).toBe(204)
    expect((await tenant.send('GET', `/users/${id}`)).status).toBe(404)
    expect((await tenant.send('PATCH', `/users/${id}`, {city: 'X'})).status).toBe(404)
    const item = await tenant.send('GET', `/directory/deletedItems/${id}?$select=id,deletedDateTime`)
    expect(item.json).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id,
      deletedDateTime: '2026-11-22T10:00:00Z',
    })
    expect(await deleted()).toContain(id)
    lab.clock.now = new Date('2026-12-22T09:59:59Z')
    expect((await tenant.send('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(200)
    expect(await user('gone@managed.test', 'id,proxyAddresses,otherMails,deletedDateTime')).toEqual({
      id,
      proxyAddresses: ['SMTP:gone@x.test'],
      otherMails: ['g@x.test'],
      deletedDateTime: null,
    })
    await tenant.send('DELETE', `/users/${id}`)
    lab.clock.now = new Date('2027-01-21T09:59:59Z')
    expect(await deleted()).not.toContain(id)
    expect((await tenant.send('POST', `/directory/deletedItems/${id}/restore`)).status).toBe(404)
  })

  test('leave their names to others, and then cannot come back with them', async () => {
    const names = {userPrincipalName: 'name@managed.test', proxyAddresses: ['smtp:name@x.test', 'smtp:own@x.test']}
    const first = await made(names)
    await tenant.send('DELETE', `/users/${first}`)
    await made({...names, proxyAddresses: ['smtp:name@x.test']})
    const restore = (wanted?: Json) => tenant.send('POST', `/directory/deletedItems/${first}/restore`, wanted)
    expect((await restore()).json).toMatchObject({
      error: {code: 'Request_MultipleObjectsWithSameKeyValue', message: expect.stringContaining('userPrincipalName')},
    })
    expect((await restore({newUserPrincipalName: 'name2@managed.test '})).status).toBe(400)
    const renamed = {newUserPrincipalName: 'name2@managed.test'}
    expect([(await restore(renamed)).status, message((await restore(renamed)).json)]).toEqual([
      409,
      expect.stringContaining('proxyAddresses'),
    ])
    expect((await restore({...renamed, autoReconcileProxyConflict: true})).status).toBe(200)
    expect(await user('name2@managed.test', 'id,proxyAddresses')).toEqual({
      id: first,
      proxyAddresses: ['smtp:own@x.test'],
    })
  })

  test('cannot come back to a domain that is gone, or federated without an immutable id', async () => {
    await trusted('leaving.test')
    const id = await made({userPrincipalName: 'stay@leaving.test'})
    await tenant.send('DELETE', `/users/${id}`)
    expect((await tenant.send('DELETE', '/domains/leaving.test')).status).toBe(204)
    const restore = (wanted?: Json) => tenant.send('POST', `/directory/deletedItems/${id}/restore`, wanted)
    expect(message((await restore()).json)).toContain('verified domain names')
    expect((await restore({newUserPrincipalName: 'stay@fed.test'})).status).toBe(400)
    expect((await restore({newUserPrincipalName: 'stay@managed.test'})).status).toBe(200)
  })

  test('can be removed for good, once they are deleted', async () => {
    const id = await made()
    expect((await tenant.send('DELETE', `/directory/deletedItems/${id}`)).status).toBe(404)
    await tenant.send('DELETE', `/users/${id}`)
    expect((await tenant.send('DELETE', `/directory/deletedItems/${id}`)).status).toBe(204)
    expect(await deleted()).not.toContain(id)
  })
})

describe('roles', () => {
  const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
  const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
  const reference = (id: string): Json => ({'@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`})

  test('templates can be activated once, and given and taken', async () => {
    expect((await tenant.send('GET', `/directoryRoleTemplates/${userAdministrator}`)).json['displayName']).toBe(
      'User Administrator',
    )
    const {status, json} = await tenant.send('POST', '/directoryRoles', {roleTemplateId: userAdministrator})
    expect(status).toBe(201)
    expect((await tenant.send('POST', '/directoryRoles', {roleTemplateId: userAdministrator})).status).toBe(400)
    expect((await tenant.send('POST', '/directoryRoles', {roleTemplateId: tenant.id})).text).toContain(tenant.id)
    expect((await tenant.send('GET', '/directoryRoles')).json['value']).toHaveLength(2)
    const id = await made({displayName: 'Role Holder'})
    const members = `/directoryRoles/${json['id']}/members`
    expect((await tenant.send('POST', `${members}/$ref`, reference(id))).status).toBe(204)
    expect((await tenant.send('POST', `${members}/$ref`, reference(id))).text).toContain(
      "already exist for the following modified properties: 'members'",
    )
    expect((await tenant.send('POST', `${members}/$ref`, reference(tenant.id))).status).toBe(404)
    expect((await tenant.send('POST', `${members}/$ref`, {id})).status).toBe(400)
    expect(
      (await tenant.send('GET', `/directoryRoles(roleTemplateId='${userAdministrator}')/members`)).json['value'],
    ).toMatchObject([{id, displayName: 'Role Holder'}])
    expect((await tenant.send('GET', `/users/${id}/memberOf`)).json['value']).toMatchObject([
      {'@odata.type': '#microsoft.graph.directoryRole', displayName: 'User Administrator'},
    ])
    expect((await tenant.send('DELETE', `${members}/${id}/$ref`)).status).toBe(204)
    expect((await tenant.send('DELETE', `${members}/${id}/$ref`)).status).toBe(404)
    expect((await tenant.send('GET', members)).json['value']).toEqual([])
  })

  test('the last Global Administrator stays', async () => {
    const path = `/directoryRoles(roleTemplateId='${globalAdministrator}')`
    const last = expect.stringContaining('last Global Administrator')
    const first = tenant.administratorId
    const second = await made()
    expect(message((await tenant.send('DELETE', `/users/${first}`)).json)).toEqual(last)
    expect(message((await tenant.send('DELETE', `${path}/members/${first}/$ref`)).json)).toEqual(last)
    await tenant.send('POST', `${path}/members/$ref`, reference(second))
    expect((await tenant.send('DELETE', `/users/${second}`)).status).toBe(204)
    expect(message((await tenant.send('DELETE', `/users/${first}`)).json)).toEqual(last)
    await tenant.send('POST', `/directory/deletedItems/${second}/restore`)
    expect((await tenant.send('DELETE', `${path}/members/${first}/$ref`)).status).toBe(204)
  })
})
