import {expect} from '@jest/globals'
import {graphPermissions, graphServicePrincipalId} from '../../src/lib/directory/rules/graph-permissions.ts'
import {openStore, type Store} from '../../src/lib/directory/store/open-store.ts'
import {addAssignment, addGrant} from '../../src/lib/directory/store/permissions.ts'
import type {Queries} from '../../src/lib/directory/store/schema.ts'
import type {Json, TestDirectory, TestTenant} from './open-test-directory.ts'
import {testStore} from './test-store.ts'

/** Runs work on the store of a directory, beside it. */
export async function withStore<Result>(
  {file}: TestDirectory,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(testStore(file), process.geteuid?.())
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** An application of a tenant, with a service principal and a secret. */
export interface TestClient {
  readonly appId: string
  readonly applicationId: string
  readonly servicePrincipalId: string
  readonly secret: string
}

let clients = 0

/** Registers an application with roles and scopes of Graph that are given to it; `more` is what differs of its body. */
export async function newClient(
  lab: TestDirectory,
  {send, id: tenantId}: Pick<TestTenant, 'send' | 'id'>,
  {roles = [], scopes = [], ...more}: {roles?: readonly string[]; scopes?: readonly string[]} & Json = {},
): Promise<TestClient> {
  const {json: application} = await send('POST', '/applications', {displayName: `Tool ${++clients}`, ...more})
  const [applicationId, appId] = [String(application['id']), String(application['appId'])]
  const {json: principal} = await send('POST', '/servicePrincipals', {appId})
  const passwordCredential = {startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2028-01-01T00:00:00Z'}
  const {json: made} = await send('POST', `/applications/${applicationId}/addPassword`, {passwordCredential})
  const client = {appId, applicationId, servicePrincipalId: String(principal['id']), secret: String(made['secretText'])}
  await withStore(lab, (store) => store.change((db) => give(db, {tenantId, client, roles, scopes})))
  return client
}

interface Gift {
  readonly tenantId: string
  readonly client: TestClient
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
}

async function give(db: Queries, {tenantId, client: {servicePrincipalId, appId}, roles, scopes}: Gift): Promise<void> {
  const given = {tenantId, resourceId: graphServicePrincipalId(tenantId)}
  for (const role of roles)
    await addAssignment(db, {
      ...given,
      id: `${role} ${appId}`,
      createdDateTime: '2026-01-01T00:00:00Z',
      appRoleId: graphPermissions.find(({name}) => name === role)?.roleId ?? role,
      principalId: servicePrincipalId,
      principalType: 'ServicePrincipal',
    })
  if (scopes.length === 0) return
  const consent = {consentType: 'AllPrincipals', principalId: null, scope: scopes.join(' ')}
  await addGrant(db, {...given, ...consent, id: `scopes ${appId}`, clientId: servicePrincipalId})
}

/** What an endpoint of the login host answered. */
export interface OAuthReply {
  readonly status: number
  readonly json: Json
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

export const origin = 'https://directory.test'

/** Posts a form to the login host, or gets a path of it. */
export async function ask(
  {directory}: TestDirectory,
  path: string,
  fields?: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<OAuthReply> {
  const {
    status,
    headers: got,
    body,
    cookies = [],
  } = await directory.fetch({
    method: fields === undefined ? 'GET' : 'POST',
    url: path.startsWith('http') ? path : `${origin}${path}`,
    headers: {...(fields !== undefined && {'content-type': 'application/x-www-form-urlencoded'}), ...headers},
    remoteAddress: '192.0.2.1',
    ...(fields !== undefined && {body: new URLSearchParams(fields).toString()}),
  })
  const json = got['content-type'] === 'application/json' ? (JSON.parse(body) as Json) : {}
  return {status, headers: got, text: body, json, cookies}
}

/** Asks for tokens. */
export const askToken = (
  lab: TestDirectory,
  tenant: string,
  fields: Readonly<Record<string, string>>,
  headers?: Readonly<Record<string, string>>,
): Promise<OAuthReply> => ask(lab, `/${tenant}/oauth2/v2.0/token`, fields, headers)

/** The fields of a request for a token of an application. */
export const forApplication = ({appId, secret}: TestClient) => ({
  grant_type: 'client_credentials',
  client_id: appId,
  client_secret: secret,
  scope: 'https://graph.microsoft.com/.default',
})

/** The parts of a token: what it says, not verified. */
export const readToken = (token: unknown): Json =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString())

/** Asks Graph with an access token. */
export const askGraph = (
  {directory}: TestDirectory,
  token: unknown,
  path = '/users',
): Promise<{status: number; body: string}> =>
  directory.fetch({method: 'GET', url: `${origin}/v1.0${path}`, headers: {authorization: `Bearer ${token}`}})

/** How a refusal looks. */
export const refusal = (error: string, aadsts: number) => ({
  json: {error, error_codes: [aadsts], error_description: expect.stringMatching(`^AADSTS${aadsts}: `)},
})
