import type {User} from '../model/user.ts'
import type {UserChange} from '../model/user-change.ts'
import {type Json, optionalText, present, text, texts} from './json.ts'
import {sameTexts} from './user-properties.ts'

const sameEntries = Object.entries(sameTexts)

/** A user of Graph as administrators know one; the properties in MSOnline's order, which is the alphabet. */
export function toUser(json: Json): User {
  const policies = passwordPolicies(json)
  const errors = listOf(json, 'onPremisesProvisioningErrors')
  const user: Record<string, unknown> = {
    alternateEmailAddresses: texts(json, 'otherMails'),
    blockCredential: json['accountEnabled'] === false,
    displayName: optionalText(json, 'displayName') ?? '',
    isLicensed: listOf(json, 'assignedLicenses').length > 0,
    objectId: text(json, 'id'),
    overallProvisioningStatus: 'Success',
    passwordNeverExpires: policies.includes('DisablePasswordExpiration'),
    phoneNumber: texts(json, 'businessPhones')[0],
    proxyAddresses: texts(json, 'proxyAddresses'),
    strongPasswordRequired: !policies.includes('DisableStrongPassword'),
    userPrincipalName: text(json, 'userPrincipalName'),
    userType: json['userType'] === 'Guest' ? 'Guest' : 'Member',
    validationStatus: errors.length > 0 ? 'Error' : 'Healthy',
  }
  for (const [ours, graph] of sameEntries) user[ours] = optionalText(json, graph)
  // Every user has the same names: they are sorted once, not for each of a hundred thousand.
  order ??= Object.keys(user).sort()
  const ordered: Record<string, unknown> = {}
  for (const name of order) if (user[name] !== undefined) ordered[name] = user[name]
  return ordered as unknown as User
}

let order: readonly string[] | undefined

const listOf = (json: Json, name: string): readonly unknown[] => (Array.isArray(json[name]) ? json[name] : [])

const passwordPolicies = (json: Json): readonly string[] =>
  (optionalText(json, 'passwordPolicies') ?? '').split(',').map((policy) => policy.trim())

/** The change as Graph wants it. `present` has the user as it is, for what Graph keeps in one property and we in two. */
export function toGraphUser(change: UserChange, current?: User): Json {
  const entries = Object.entries(sameTexts).flatMap(([ours, graph]) => {
    const value = (change as Json)[ours]
    return value === undefined ? [] : [[graph, value] as const]
  })
  return present({
    ...Object.fromEntries(entries),
    accountEnabled: change.blockCredential === undefined ? undefined : change.blockCredential !== true,
    businessPhones:
      change.phoneNumber === undefined ? undefined : change.phoneNumber === null ? [] : [change.phoneNumber],
    displayName: change.displayName ?? undefined,
    otherMails: change.alternateEmailAddresses === null ? [] : change.alternateEmailAddresses,
    passwordPolicies: toPasswordPolicies(change, current),
    userPrincipalName: change.userPrincipalName ?? undefined,
    userType: change.userType ?? undefined,
  })
}

function toPasswordPolicies(change: UserChange, current?: User): string | undefined {
  const {passwordNeverExpires, strongPasswordRequired} = change
  if (passwordNeverExpires === undefined && strongPasswordRequired === undefined) return undefined
  const never = passwordNeverExpires ?? current?.passwordNeverExpires ?? false
  const strong = strongPasswordRequired ?? current?.strongPasswordRequired ?? true
  const policies = [never ? 'DisablePasswordExpiration' : '', strong ? '' : 'DisableStrongPassword'].filter(Boolean)
  return policies.length === 0 ? 'None' : policies.join(', ')
}
