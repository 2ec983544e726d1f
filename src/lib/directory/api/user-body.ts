import type {BodyOf, Properties} from '../rules/property.ts'
import {timestamp} from '../rules/timestamp.ts'
import {betaUserProperties, userProperties} from '../rules/user-properties.ts'
import {checkProxyAddresses} from '../rules/user-rules.ts'
import type {UserChange} from '../store/users.ts'
import {isBeta, type TenantCall} from './call.ts'
import {readBody, readProperties} from './read-body.ts'

/** What may be said of a password. */
export const passwordProfileRules = {
  password: {kind: 'text', max: 1024},
  forceChangePasswordNextSignIn: {kind: 'flag'},
  forceChangePasswordNextSignInWithMfa: {kind: 'flag'},
} as const

/** What a request says of a password. */
export type PasswordProfile = BodyOf<typeof passwordProfileRules>

const rules = {...userProperties, passwordProfile: {kind: 'object'}} as const
const betaRules = {...betaUserProperties, passwordProfile: {kind: 'object'}} as const

/** What synchronisation mirrors: for tokens as at the service, where only the anchor of a federated user can be set. */
const isMirrored = (name: string): boolean =>
  name === 'proxyAddresses' || (name.startsWith('onPremises') && name !== 'onPremisesImmutableId')
const forTokens = <Rules extends Properties>(of: Rules): Rules =>
  Object.fromEntries(
    Object.entries(of).map(([name, rule]) => [name, isMirrored(name) ? {...rule, readOnly: true} : rule]),
  ) as Rules
const [rulesForTokens, betaRulesForTokens] = [forTokens(rules), forTokens(betaRules)]

/** A body of POST or PATCH /users: the columns it sets, and what it says of the password. */
export interface UserBody {
  readonly change: UserChange
  readonly profile?: PasswordProfile
}

/** Reads what a request says of a user; refuses what cannot be a property or a value of one. */
export function readUserBody(call: TenantCall): UserBody {
  const [own, ofBeta] = call.caller.kind === 'owner' ? [rules, betaRules] : [rulesForTokens, betaRulesForTokens]
  const {passwordProfile, ...properties} = readBody(call, 'User', isBeta(call) ? ofBeta : own)
  checkProxyAddresses(properties.proxyAddresses ?? [])
  const change = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toColumn(value)]))
  const synced = properties.onPremisesLastSyncDateTime
  if (typeof synced === 'string') change['onPremisesLastSyncDateTime'] = timestamp(new Date(synced))
  return {
    change,
    ...(passwordProfile == null ? {} : {profile: readProperties(passwordProfile, 'User', passwordProfileRules)}),
  }
}

const toColumn = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value)
