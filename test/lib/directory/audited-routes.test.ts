import {createPrivateKey} from 'node:crypto'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {SignJWT} from 'jose'
import {graphRoutes} from '../../../src/lib/directory/open-directory.ts'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {newProvider} from '../../parts/sign-in-lab.ts'

let lab: TestDirectory
let tenant: TestTenant
let send: TestTenant['send']
let certificate: string
let privateKey: string
let other: string
/** What the parts of the paths stand for: ids of what was made on the way. */
const ids: Record<string, string> = {domain: 'syfuhs.test', method: '28c10230-6103-485e-b985-444c60001490'}

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
  const [provider, another] = [await newProvider('urn:sts'), await newProvider('urn:other')]
  certificate = provider.certificate
  privateKey = provider.key
  other = another.certificate
  Object.assign(ids, {organization: tenant.id, administrator: tenant.administratorId})
  send = lab.sendAs({tenantId: tenant.id, accountId: tenant.administratorId})
})
afterAll(() => lab.close())

interface Change {
  readonly body?: () => object
  /** What the audit log calls it, and one of the properties it shows as changed; '' when it shows none. */
  readonly activity: string
  readonly changed: string
  /** The part of the paths that stands for what it makes. */
  readonly makes?: string
  /** Only /beta serves it. */
  readonly isBeta?: true
  /** A part of the path that stands for what another stood for. */
  readonly renames?: readonly [to: string, from: string]
  /** What must be done first. */
  readonly first?: () => Promise<unknown>
}

const user = {
  accountEnabled: true,
  displayName: 'Ada',
  mailNickname: 'ada',
  passwordProfile: {password: 'Xy9!kLm2#Qw4'},
}
const named = (displayName: string) => () => ({displayName})
const policy = (rootDomains: string) => () => ({
  validatingDomains: {'@odata.type': '#microsoft.graph.allDomains', rootDomains},
})
const federation = () => ({
  issuerUri: 'urn:sts',
  passiveSignInUri: 'https://sts.test/ls/',
  signingCertificate: certificate,
})
const kind = (
  set: string,
  noun: string,
  body: object,
  between: Record<string, Change> = {},
): Record<string, Change> => ({
  [`POST /${set}`]: {body: () => body, activity: `Add ${noun}`, changed: 'DisplayName', makes: 'object'},
  [`PATCH /${set}/:object`]: {body: named('Other'), activity: `Update ${noun}`, changed: 'DisplayName'},
  ...between,
  [`DELETE /${set}/:object`]: {activity: `Delete ${noun}`, changed: 'DeletedDateTime'},
})
// The keys of an object keep their first place: what is made comes first, then its secret, then it goes.
const withSecret = (set: string, activity: string): Record<string, Change> => ({
  [`POST /${set}`]: {activity: '', changed: ''},
  [`POST /${set}/:object/addPassword`]: {body: () => ({}), activity, changed: 'KeyDescription', makes: 'key'},
  [`POST /${set}/:object/removePassword`]: {
    body: () => ({keyId: ids['key']}),
    activity: activity.replace('Add', 'Remove'),
    changed: 'KeyDescription',
  },
})

/** Making a link and undoing it; the linked object is the user that was made first. */
const link = (path: string, [add, remove]: readonly [string, string], changed: string): Record<string, Change> => ({
  [`POST ${path}/$ref`]: {
    body: () => ({'@odata.id': `https://graph.test/v1.0/directoryObjects/${ids['user']}`}),
    activity: add,
    changed,
  },
  [`DELETE ${path}/:target/$ref`]: {renames: ['target', 'user'], activity: remove, changed},
})

/** Makes an application with a role, a certificate and a service principal, and the set's object the one of the paths. */
async function makeRobot(set: string): Promise<void> {
  const {json} = await send('POST', '/applications', {displayName: 'R', appRoles: [role]})
  const principal = await send('POST', '/servicePrincipals', {appId: json['appId']})
  ids['robot'] = String(principal.json['id'])
  const group = {displayName: 'G', mailEnabled: false, mailNickname: 'g', securityEnabled: true}
  const made = set === 'groups' ? (await send('POST', '/groups', group)).json : {}
  const others: Record<string, unknown> = {applications: json['id'], users: tenant.administratorId, groups: made['id']}
  ids['object'] = String(others[set] ?? ids['robot'])
  const key = {key: certificate, type: 'AsymmetricX509Cert', usage: 'Verify'}
  if (set !== 'users' && set !== 'groups') await send('PATCH', `/${set}/${ids['object']}`, {keyCredentials: [key]})
  ids['proof'] = await new SignJWT()
    .setProtectedHeader({alg: 'RS256'})
    .setAudience('00000002-0000-0000-c000-000000000000')
    .setIssuer(ids['object'])
    .setNotBefore(lab.clock.now)
    .setExpirationTime(new Date(lab.clock.now.getTime() + 600_000))
    .sign(createPrivateKey(privateKey))
}

const role = {
  id: '11111111-1111-4111-8111-111111111111',
  allowedMemberTypes: ['Application', 'User'],
  displayName: 'Do',
  description: 'Do',
  value: 'Do',
}

const withOwnersAndKeys = (set: string, noun: string): Record<string, Change> => {
  const activity =
    set === 'applications'
      ? 'Update application – Certificates and secrets management '
      : 'Add service principal credentials'
  return {
    [`POST /${set}/:object/owners/$ref`]: {
      first: () => makeRobot(set),
      body: () => ({'@odata.id': `https://graph.test/v1.0/directoryObjects/${tenant.administratorId}`}),
      activity: `Add owner to ${noun}`,
      changed: `${set === 'applications' ? 'Application' : 'ServicePrincipal'}.ObjectID`,
    },
    [`DELETE /${set}/:object/owners/:target/$ref`]: {
      renames: ['target', 'administrator'],
      activity: `Remove owner from ${noun}`,
      changed: `${set === 'applications' ? 'Application' : 'ServicePrincipal'}.ObjectID`,
    },
    [`POST /${set}/:object/addKey`]: {
      first: () => makeRobot(set),
      body: () => ({
        keyCredential: {key: other, type: 'AsymmetricX509Cert', usage: 'Verify'},
        passwordCredential: null,
        proof: ids['proof'],
      }),
      activity,
      changed: 'KeyDescription',
      makes: 'key',
    },
    [`POST /${set}/:object/removeKey`]: {
      body: () => ({keyId: ids['key'], proof: ids['proof']}),
      activity: activity.replace('Add', 'Remove'),
      changed: 'KeyDescription',
    },
  }
}

const withRoles = (set: string, to: string, list = 'appRoleAssignments'): Record<string, Change> => ({
  [`POST /${set}/:object/${list}`]: {
    first: async () => {
      await makeRobot(set)
      ids['principal'] = `${ids['object']}`
    },
    body: () => ({appRoleId: role.id, principalId: ids['principal'], resourceId: ids['robot']}),
    activity: `Add app role assignment ${to}`,
    changed: 'AppRole.Id',
    makes: 'assignment',
  },
  [`DELETE /${set}/:object/${list}/:assignment`]: {
    activity: `Remove app role assignment from ${to.split('to ')[1]}`,
    changed: 'AppRole.Value',
  },
})

/** Every request that changes something, in an order in which each finds what it needs. */
const changes: Record<string, Change> = {
  'PATCH /organization/:organization': {
    body: () => ({city: 'Rome'}),
    activity: 'Set Company Information',
    changed: 'City',
  },
  'POST /domains': {body: () => ({id: 'syfuhs.test'}), activity: 'Add unverified domain', changed: ''},
  'POST /domains/:domain/verify': {activity: 'Verify domain', changed: 'Verified'},
  'PATCH /domains/:domain': {body: () => ({isDefault: true}), activity: 'Update domain', changed: 'IsDefault'},
  'POST /users': {
    body: () => ({...user, userPrincipalName: 'ada@syfuhs.onmicrosoft.com'}),
    activity: 'Add user',
    changed: 'UserPrincipalName',
    makes: 'user',
  },
  'PATCH /users/:user': {body: () => ({city: 'Rome'}), activity: 'Update user', changed: 'City'},
  'POST /users/:user/authentication/methods/:method/resetPassword': {
    body: () => ({newPassword: 'Ab8?nOp3%Rs5'}),
    activity: 'Reset user password',
    changed: 'LastPasswordChangeDateTime',
  },
  'PUT /users/:user/manager/$ref': {
    body: () => ({'@odata.id': `https://graph.test/v1.0/users/${tenant.administratorId}`}),
    activity: 'Set user manager',
    changed: 'Manager',
  },
  'DELETE /users/:user/manager/$ref': {activity: 'Remove user manager', changed: 'Manager'},
  'POST /users/:user/revokeSignInSessions': {
    activity: 'Update StsRefreshTokenValidFrom Timestamp',
    changed: 'StsRefreshTokensValidFrom',
  },
  'POST /users/:user/invalidateAllRefreshTokens': {
    isBeta: true,
    activity: 'Update StsRefreshTokenValidFrom Timestamp',
    changed: 'StsRefreshTokensValidFrom',
  },
  'POST /me/revokeSignInSessions': {
    activity: 'Update StsRefreshTokenValidFrom Timestamp',
    changed: 'StsRefreshTokensValidFrom',
  },
  'POST /directoryRoles': {
    body: () => ({roleTemplateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1'}),
    activity: 'Add role from template',
    changed: '',
    makes: 'role',
  },
  ...link('/directoryRoles/:role/members', ['Add member to role', 'Remove member from role'], 'Role.DisplayName'),
  ...kind(
    'groups',
    'group',
    {displayName: 'G', mailEnabled: false, mailNickname: 'g', securityEnabled: true},
    {
      ...link('/groups/:object/members', ['Add member to group', 'Remove member from group'], 'Group.DisplayName'),
      ...link('/groups/:object/owners', ['Add owner to group', 'Remove owner from group'], 'Group.DisplayName'),
    },
  ),
  ...kind(
    'devices',
    'device',
    {
      accountEnabled: true,
      alternativeSecurityIds: [{type: 2, key: 'YWJj'}],
      deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
      displayName: 'D',
      operatingSystem: 'Linux',
      operatingSystemVersion: '6.1',
    },
    {
      ...link(
        '/devices/:object/registeredOwners',
        ['Add registered owner to device', 'Remove registered owner from device'],
        'Device.DisplayName',
      ),
      ...link(
        '/devices/:object/registeredUsers',
        ['Add registered users to device', 'Remove registered users from device'],
        'Device.DisplayName',
      ),
    },
  ),
  'DELETE /users/:user': {activity: 'Delete user', changed: 'DeletedDateTime'},
  'POST /directory/deletedItems/:item/restore': {
    renames: ['item', 'user'],
    activity: 'Restore user',
    changed: 'DeletedDateTime',
  },
  'POST /users/:item/restore': {
    first: () => send('DELETE', `/users/${ids['item']}`),
    activity: 'Restore user',
    changed: 'DeletedDateTime',
  },
  'DELETE /directoryObjects/:id': {renames: ['id', 'user'], activity: 'Delete user', changed: 'DeletedDateTime'},
  'DELETE /directory/deletedItems/:item': {
    activity: 'Hard Delete user',
    changed: '',
  },
  ...withSecret('applications', 'Update application – Certificates and secrets management '),
  ...kind('applications', 'application', {displayName: 'A'}),
  ...withSecret('servicePrincipals', 'Add service principal credentials'),
  ...kind('servicePrincipals', 'service principal', {}),
  'POST /servicePrincipals': {
    first: async () => {
      ids['app'] = String((await send('POST', '/applications', {displayName: 'S'})).json['appId'])
    },
    body: () => ({appId: ids['app']}),
    activity: 'Add service principal',
    changed: 'DisplayName',
    makes: 'object',
  },
  'DELETE /servicePrincipals/:object': {activity: 'Remove service principal', changed: 'DeletedDateTime'},
  ...withOwnersAndKeys('applications', 'application'),
  ...withOwnersAndKeys('servicePrincipals', 'service principal'),
  ...withRoles('users', 'grant to user'),
  ...withRoles('groups', 'to group'),
  ...withRoles('servicePrincipals', 'to service principal'),
  ...withRoles('servicePrincipals', 'to service principal', 'appRoleAssignedTo'),
  'POST /oauth2PermissionGrants': {
    body: () => ({clientId: ids['principal'], consentType: 'AllPrincipals', resourceId: ids['robot'], scope: 'a b'}),
    activity: 'Add delegated permission grant',
    changed: 'DelegatedPermissionGrant.Scope',
    makes: 'grant',
  },
  'PATCH /oauth2PermissionGrants/:grant': {
    body: () => ({scope: 'a'}),
    activity: 'Remove delegated permission grant',
    changed: 'DelegatedPermissionGrant.Scope',
  },
  'DELETE /oauth2PermissionGrants/:grant': {
    activity: 'Remove delegated permission grant',
    changed: 'DelegatedPermissionGrant.ConsentType',
  },
  'PUT /policies/federatedTokenValidationPolicy': {
    body: policy('none'),
    activity: 'Update policy',
    changed: 'RootDomains',
  },
  'PATCH /policies/federatedTokenValidationPolicy': {
    body: policy('all'),
    activity: 'Update policy',
    changed: 'RootDomains',
  },
  'POST /domains/:domain/federationConfiguration': {
    first: () => send('PATCH', '/domains/syfuhs.onmicrosoft.com', {isDefault: true}),
    body: federation,
    activity: 'Set federation settings on domain',
    changed: 'IssuerUri',
    makes: 'configuration',
  },
  'PATCH /domains/:domain/federationConfiguration/:configuration': {
    body: named('STS'),
    activity: 'Set federation settings on domain',
    changed: 'DisplayName',
  },
  'DELETE /domains/:domain/federationConfiguration/:configuration': {
    activity: 'Set domain authentication',
    changed: 'LiveType',
  },
  'DELETE /domains/:domain': {activity: 'Remove verified domain', changed: ''},
  'POST /domains/:domain/promote': {
    first: async () => {
      for (const name of ['top.test', 'sub.top.test']) {
        await send('POST', '/domains', {id: name})
        await send('POST', `/domains/${name}/verify`)
      }
      ids['domain'] = 'sub.top.test'
    },
    activity: 'Promote subdomain to root',
    changed: 'RootDomain',
  },
  'POST /domains/:domain/forceDelete': {body: () => ({}), activity: 'Remove verified domain', changed: ''},
  'PATCH /directory/onPremisesSynchronization/:id': {
    renames: ['id', 'organization'],
    body: () => ({features: {blockSoftMatchEnabled: true}}),
    activity: 'Set DirSync feature',
    changed: 'BlockSoftMatchEnabled',
  },
}

/** Some questions are asked by POST. */
const isChange = (method: string, path: string): boolean =>
  method !== 'GET' && !/\/(checkMember\w+|getMember\w+|getByIds|validateProperties)$/.test(path)

test('every route that changes something is among them', () => {
  const routes = graphRoutes
    .filter(({method, path}) => isChange(method, path))
    .map(({method, path}) => `${method} ${path}`)
  expect(Object.keys(changes).toSorted()).toEqual(routes.toSorted())
})

test.each(Object.entries(changes))('%s is written down', async (route, {body, activity, changed, makes, ...more}) => {
  lab.clock.now = new Date(lab.clock.now.getTime() + 1000)
  await more.first?.()
  if (more.renames !== undefined) ids[more.renames[0]] = `${ids[more.renames[1]]}`
  const [method = '', pattern = ''] = route.split(' ')
  const path = (more.isBeta ? '/beta' : '') + pattern.replaceAll(/:(\w+)/g, (_, name: string) => `${ids[name]}`)
  const correlation = `change-${Object.keys(changes).indexOf(route)}`
  const {status, text, json} = await send(method as 'POST', path, body?.(), {'client-request-id': correlation})
  expect([status < 300, text]).toEqual([true, text])
  if (makes !== undefined) ids[makes] = String(json['id'] ?? json['keyId'])
  const log = await send('GET', `/auditLogs/directoryAudits?$filter=correlationId eq '${correlation}'`)
  const entry = (log.json['value'] as Json[]).find((one) => one['activityDisplayName'] === activity) ?? log.json
  const [target] = entry['targetResources'] as [{id: string; modifiedProperties: {displayName: string}[]}]
  const modified = target.modifiedProperties.map(({displayName}) => displayName)
  expect(modified).toEqual(changed === '' ? [] : expect.arrayContaining([changed, 'Included Updated Properties']))
  expect(Object.values(ids)).toContain(target.id)
})
