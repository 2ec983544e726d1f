import {FedctlError} from '../errors/fedctl-error.ts'
import type {GraphApi} from './graph-api.ts'
import {type Json, text, texts} from './json.ts'
import {literal, query, segment} from './odata.ts'

/** What applications may do at Microsoft Graph, by the names of its permissions. `principalId` is that of a service principal. */
export interface GraphPermissionsClient {
  /** The names as Microsoft Graph spells them. Throws NotFound for one that it does not have. */
  known(kind: PermissionKind, names: readonly string[]): Promise<readonly string[]>
  /** What a service principal has by itself. Nothing when there is no such service principal. */
  roles(principalId: string): Promise<readonly string[]>
  setRoles(principalId: string, names: readonly string[]): Promise<void>
  /** What it may use for every user. */
  scopes(principalId: string): Promise<readonly string[]>
  setScopes(principalId: string, names: readonly string[]): Promise<void>
}

/** By itself, or for users. */
export type PermissionKind = 'application' | 'delegated'

const graphAppId = '00000003-0000-0000-c000-000000000000'

interface Catalogue {
  readonly id: string
  /** Ids by name. */
  readonly application: ReadonlyMap<string, string>
  readonly delegated: ReadonlyMap<string, string>
}

/** Permissions over the Graph API. */
export function graphPermissionsClient(api: GraphApi): GraphPermissionsClient {
  let loading: Promise<Catalogue> | undefined
  const catalogue = (): Promise<Catalogue> => {
    loading ??= loadCatalogue(api)
    return loading
  }
  const assignments = (principalId: string) => listAssignments(api, {catalogue, principalId})
  return {
    async known(kind, names) {
      if (names.length === 0) return []
      const all = [...(await catalogue())[kind].keys()]
      return names.map((name) => all.find((one) => one.toLowerCase() === name.toLowerCase()) ?? refuse(kind, name))
    },
    roles: async (principalId) => (await assignments(principalId)).map(({name}) => name).sort(),
    async setRoles(principalId, names) {
      const {id: resourceId, application} = await catalogue()
      const path = `/servicePrincipals/${segment(principalId)}/appRoleAssignments`
      const present = await assignments(principalId)
      for (const name of names)
        if (!present.some((one) => one.name === name))
          await api.post(path, {principalId, resourceId, appRoleId: application.get(name)})
      for (const {name, id} of present) if (!names.includes(name)) await api.delete(`${path}/${segment(id)}`)
    },
    scopes: async (principalId) => (await findGrant(api, {catalogue, principalId}))?.scopes.toSorted() ?? [],
    async setScopes(clientId, names) {
      const {id: resourceId} = await catalogue()
      const grant = await findGrant(api, {catalogue, principalId: clientId})
      const scope = names.join(' ')
      if (grant === undefined)
        return void (await api.post('/oauth2PermissionGrants', {
          clientId,
          consentType: 'AllPrincipals',
          resourceId,
          scope,
        }))
      const path = `/oauth2PermissionGrants/${segment(grant.id)}`
      await (names.length === 0 ? api.delete(path) : api.patch(path, {scope}))
    },
  }
}

function refuse(kind: PermissionKind, name: string): never {
  throw new FedctlError('NotFound', `Microsoft Graph has no ${kind} permission ${name}.`, {
    hints: ['Permissions are called as in Microsoft’s reference, as in User.Read.All.'],
  })
}

async function loadCatalogue(api: GraphApi): Promise<Catalogue> {
  const options = query({
    $filter: `appId eq ${literal(graphAppId)}`,
    $select: 'id,appRoles,oauth2PermissionScopes',
  })
  for await (const json of api.list(`/servicePrincipals${options}`))
    return {
      id: text(json, 'id'),
      application: idsIn(json['appRoles'], (role) => texts(role, 'allowedMemberTypes').includes('Application')),
      delegated: idsIn(json['oauth2PermissionScopes'], () => true),
    }
  throw new FedctlError('NotFound', 'The tenant has no service principal of Microsoft Graph.')
}

const idsIn = (list: unknown, isWanted: (one: Json) => boolean): ReadonlyMap<string, string> =>
  new Map(
    (Array.isArray(list) ? (list as Json[]) : [])
      .filter(isWanted)
      .map((one) => [text(one, 'value'), text(one, 'id')] as const),
  )

interface Asked {
  readonly catalogue: () => Promise<Catalogue>
  readonly principalId: string
}

async function listAssignments(
  api: GraphApi,
  {catalogue, principalId}: Asked,
): Promise<{readonly name: string; readonly id: string}[]> {
  const {id, application} = await catalogue()
  const names = new Map([...application].map(([name, roleId]) => [roleId, name]))
  const found: {name: string; id: string}[] = []
  try {
    for await (const json of api.list(`/servicePrincipals/${segment(principalId)}/appRoleAssignments`)) {
      const name = names.get(text(json, 'appRoleId'))
      if (json['resourceId'] === id && name !== undefined) found.push({name, id: text(json, 'id')})
    }
  } catch (error) {
    if ((error as {code?: unknown}).code !== 'NotFound') throw error
  }
  return found
}

async function findGrant(
  api: GraphApi,
  {catalogue, principalId}: Asked,
): Promise<{readonly id: string; readonly scopes: readonly string[]} | undefined> {
  const {id} = await catalogue()
  for await (const json of api.list(
    `/oauth2PermissionGrants${query({$filter: `clientId eq ${literal(principalId)}`})}`,
  ))
    if (json['resourceId'] === id && json['consentType'] === 'AllPrincipals')
      return {id: text(json, 'id'), scopes: text(json, 'scope').split(' ')}
  return undefined
}
