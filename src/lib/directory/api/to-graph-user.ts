import {badRequest} from '../rules/graph-failure.ts'
import {
  emptyUserLists,
  isUserProperty,
  type UserProperty,
  type UserPropertyName,
  userProperties,
} from '../rules/user-properties.ts'
import {readList} from '../store/read-list.ts'
import type {StoredUser} from '../store/users.ts'

type Json = Readonly<Record<string, unknown>>

const emptyLists: ReadonlySet<string> = new Set(emptyUserLists)
const standard = (Object.keys(userProperties) as UserPropertyName[]).filter(
  (name) => (userProperties[name] as UserProperty).standard,
)

/** The properties of users that an answer shows: what was selected, or Graph's standard ones. Refuses a name that is none. */
export function readShown(select: readonly string[] | undefined): readonly string[] {
  if (select === undefined) return standard
  for (const name of select)
    if (!isUserProperty(name) && !emptyLists.has(name) && name !== 'passwordProfile')
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.user'.`, 'BadRequest')
  return select
}

/** The columns that hold what is shown. */
export const columnsOf = (shown: readonly string[]): UserPropertyName[] => shown.filter(isUserProperty)

/** A user as Graph writes one. A password is never shown, nor whether there is one. */
export const toGraphUser = (user: StoredUser, shown: readonly string[]): Json =>
  Object.fromEntries(shown.map((name) => [name, toValue(user, name)]))

function toValue(user: StoredUser, name: string): unknown {
  if (!isUserProperty(name)) return emptyLists.has(name) ? [] : null
  const value = user[name]
  const {kind} = userProperties[name]
  if (value === null || value === undefined) return null
  if (kind === 'texts') return readList(String(value))
  return kind === 'flag' ? Boolean(value) : value
}
