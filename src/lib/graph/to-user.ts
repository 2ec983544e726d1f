import type {User} from '../model/user.ts'
import type {UserChange} from '../model/user-change.ts'
import {type Json, optionalText, present, text, texts} from './json.ts'
import {sameTexts} from './user-properties.ts'

/** A user of Graph as administrators know one. */
export function toUser(json: Json): User {
  const same = Object.entries(sameTexts).map(([ours, graph]) => [ours, optionalText(json, graph)] as const)
  const policies = passwordPolicies(json)
  const errors = listOf(json, 'onPremisesProvisioningErrors')
  return inOrder(
    present({
      ...Object.fromEntries(same),
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
    }) as unknown as User,
  )
}

/** MSOnline's order is the alphabet. */
const inOrder = (user: User): User =>
  Object.fromEntries(Object.entries(user).sort(([one], [other]) => (one < other ? -1 : 1))) as unknown as User

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
