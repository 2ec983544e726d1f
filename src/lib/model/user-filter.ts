import type {User} from './user.ts'
import {upnKey, upnSuffix} from './user-principal-name.ts'

/** Which users are listed; everything given must hold. */
export interface UserFilter {
  readonly city?: string | undefined
  readonly country?: string | undefined
  readonly department?: string | undefined
  readonly state?: string | undefined
  readonly title?: string | undefined
  readonly usageLocation?: string | undefined
  /** UPNs in this domain. */
  readonly domain?: string | undefined
  readonly enabled?: boolean | undefined
  readonly synchronized?: boolean | undefined
  /** The beginning of a display name or address. */
  readonly search?: string | undefined
  /** Exact immutable id. */
  readonly immutableId?: string | undefined
  readonly licensed?: boolean | undefined
  readonly hasErrors?: boolean | undefined
}

const texts = ['city', 'country', 'department', 'state', 'title', 'usageLocation'] as const

/** Whether a user is one of those that a filter asks for; texts in any case, as the directory compares them. */
export function isMatch(user: User, filter: UserFilter): boolean {
  const begins = (text: string | undefined): boolean => folded(text).startsWith(folded(filter.search))
  const holds = [
    ...texts.map((name) => filter[name] === undefined || folded(user[name]) === folded(filter[name])),
    filter.domain === undefined || upnSuffix(user.userPrincipalName) === filter.domain,
    filter.enabled === undefined || filter.enabled !== user.blockCredential,
    filter.synchronized === undefined || filter.synchronized === (user.lastDirSyncTime !== undefined),
    filter.search === undefined || [user.displayName, user.userPrincipalName, user.mail].some(begins),
    filter.immutableId === undefined || filter.immutableId === user.immutableId,
    filter.licensed === undefined || filter.licensed === user.isLicensed,
    filter.hasErrors === undefined || filter.hasErrors === (user.validationStatus === 'Error'),
  ]
  return holds.every(Boolean)
}

/** Whether a UPN or an object id means this user. */
export const isUser = (user: User, identity: string): boolean =>
  user.objectId === identity || upnKey(user.userPrincipalName) === upnKey(identity)

const folded = (text: string | undefined): string => (text ?? '').toLowerCase()
