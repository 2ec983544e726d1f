import type {User} from '../model/user.ts'
import type {NewPassword, UserChange} from '../model/user-change.ts'
import type {UserFilter} from '../model/user-filter.ts'
import type {GraphApi} from './graph-api.ts'
import {type Json, optionalText, text} from './json.ts'
import {allOf, literal, query, segment, userPath} from './odata.ts'
import {toGraphUser, toUser} from './to-user.ts'
import {userSelect} from './user-properties.ts'

/** Users of the tenant. `identity` is a UPN or an object id. */
export interface UsersClient {
  list(filter?: UserFilter, pageSize?: number): AsyncIterable<User>
  get(identity: string): Promise<User>
  find(identity: string): Promise<User | undefined>
  /** Gives the object id of the new user. */
  create(change: UserChange, password?: NewPassword): Promise<string>
  update(identity: string, change: UserChange, password?: NewPassword): Promise<void>
  setPassword(identity: string, password: NewPassword): Promise<void>
  remove(identity: string): Promise<void>
  listDeleted(pageSize?: number): AsyncIterable<User>
  restore(objectId: string): Promise<void>
  removeDeleted(objectId: string): Promise<void>
  /** The roles and groups a user is a member of, names only. */
  memberOf(
    identity: string,
  ): AsyncIterable<{readonly objectId: string; readonly type: string; readonly displayName: string}>
  /** The account the token is for; undefined when it is for an application. */
  findMe(): Promise<User | undefined>
}

const restoreAdvice =
  'A user comes back under the old names: rename who has them now (fedctl set-user-principal-name), or verify the domain again.'
const advanced = {consistencylevel: 'eventual'}

/** Users over the Graph API. */
export function usersClient(api: GraphApi): UsersClient {
  const get = async (identity: string): Promise<User> =>
    toUser(await api.get(userPath(identity) + query({$select: userSelect}), `user ${identity}`))
  return {
    get,
    async *list(filter = {}, pageSize = 999) {
      const {$filter, needsAdvanced} = toFilter(filter)
      const options = query({
        $filter,
        $select: userSelect,
        $top: String(pageSize),
        ...(needsAdvanced ? {$count: 'true'} : {}),
      })
      for await (const json of api.list(`/users${options}`, needsAdvanced ? advanced : undefined)) yield toUser(json)
    },
    find: (identity) => get(identity).catch(undefinedWhenNotFound),
    create: async (change, password) =>
      text(await api.post('/users', {...toGraphUser(change), ...passwordProfile(password)}), 'id'),
    update: async (identity, change, password) => {
      const current = await get(identity)
      await api.patch(userPath(current.objectId), {...toGraphUser(change, current), ...passwordProfile(password)})
    },
    setPassword: (identity, password) => api.patch(userPath(identity), passwordProfile(password)),
    remove: (identity) => api.delete(userPath(identity)),
    async *listDeleted(pageSize = 999) {
      const options = query({$select: userSelect, $top: String(pageSize)})
      for await (const json of api.list(`/directory/deletedItems/microsoft.graph.user${options}`)) yield toUser(json)
    },
    restore: async (objectId) =>
      void (await api.post(`/directory/deletedItems/${segment(objectId)}/restore`, undefined, restoreAdvice)),
    removeDeleted: (objectId) => api.delete(`/directory/deletedItems/${segment(objectId)}`),
    async *memberOf(identity) {
      for await (const json of api.list(`${userPath(identity)}/memberOf`)) {
        const type = (optionalText(json, '@odata.type') ?? '').replace('#microsoft.graph.', '')
        yield {objectId: text(json, 'id'), type, displayName: optionalText(json, 'displayName') ?? ''}
      }
    },
    findMe: async () => {
      try {
        return toUser(await api.get(`/me${query({$select: userSelect})}`))
      } catch (error) {
        return undefinedWhenNotFound(error)
      }
    },
  }
}

function undefinedWhenNotFound(error: unknown): undefined {
  const {code} = error as {code?: unknown}
  // Graph answers /me with 400 when the token is an application's.
  if (code === 'NotFound' || code === 'Refused') return undefined
  throw error
}

const passwordProfile = (password: NewPassword | undefined): Json =>
  password === undefined
    ? {}
    : {passwordProfile: {password: password.password, forceChangePasswordNextSignIn: password.forceChange}}

const plainFilters = ['city', 'country', 'department', 'state', 'usageLocation'] as const

function toFilter(filter: UserFilter): {$filter: string | undefined; needsAdvanced: boolean} {
  const {title, domain, enabled, synchronized, search, immutableId} = filter
  const clauses = [
    ...plainFilters.map((name) => (filter[name] === undefined ? undefined : `${name} eq ${literal(filter[name])}`)),
    title === undefined ? undefined : `jobTitle eq ${literal(title)}`,
    enabled === undefined ? undefined : `accountEnabled eq ${enabled}`,
    synchronized === undefined ? undefined : `onPremisesSyncEnabled eq ${synchronized}`,
    immutableId === undefined ? undefined : `onPremisesImmutableId eq ${literal(immutableId)}`,
    search === undefined ? undefined : startsWith(search, ['displayName', 'userPrincipalName', 'mail']),
    domain === undefined ? undefined : `endsWith(userPrincipalName,${literal(`@${domain}`)})`,
  ]
  return {$filter: allOf(clauses), needsAdvanced: domain !== undefined || immutableId !== undefined}
}

const startsWith = (text: string, properties: readonly string[]): string =>
  `(${properties.map((property) => `startsWith(${property},${literal(text)})`).join(' or ')})`
