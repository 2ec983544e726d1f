import * as Flags from '@oclif/core/flags'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import {type UserChange, writableUserProperties} from '../../lib/model/user-change.ts'
import type {UserFilter} from '../../lib/model/user-filter.ts'
import {optionalIdentity, requiredIdentity} from './identity.ts'
import {toKebabCase} from './parameters.ts'
import {domainName, guid, toUserIdentity, toUserPrincipalName, userPrincipalName, yesNo} from './value.ts'

const user = {
  description: 'User principal name or object id.',
  parse: toUserIdentity,
  givenAs: ['user-principal-name', 'object-id'],
}

/** A user as the main object. */
export const userArg = requiredIdentity(user)
export const optionalUserArg = optionalIdentity(user)
export const userIdentity = {
  'user-principal-name': userPrincipalName({summary: 'The user by user principal name.', aliases: ['upn']}),
  'object-id': guid({summary: 'The user by object id.'}),
}

/** A user yet to be made, who has no object id. */
export const newUserArg = requiredIdentity({
  description: 'User principal name.',
  parse: toUserPrincipalName,
  givenAs: ['user-principal-name'],
})
export const newUserIdentity = {'user-principal-name': userIdentity['user-principal-name']}

const usageLocation = Flags.custom<string>({
  async parse(code) {
    if (code === '' || /^[a-z]{2}$/i.test(code)) return code.toUpperCase()
    throw new FedctlError('ValueMalformed', `"${code}" is not a usage location: two letters of a country, as in DE.`)
  },
})

const text = (summary: string) => Flags.string({summary})

/** The properties of a user that can be set; an empty text clears one. */
export const userPropertyFlags = {
  'alternate-email-addresses': Flags.string({summary: 'Other mail addresses, with commas between.'}),
  'block-credential': yesNo({summary: 'Whether sign-in is blocked.'}),
  city: text('City.'),
  country: text('Country.'),
  department: text('Department.'),
  'display-name': text('Name as it is shown.'),
  fax: text('Fax number.'),
  'first-name': text('First name.'),
  'immutable-id': text('The id that the identity provider knows the user by.'),
  'last-name': text('Last name.'),
  'mail-nickname': text('Mail nickname; the part before the @ when nothing is said.'),
  'mobile-phone': text('Mobile phone number.'),
  office: text('Office.'),
  'password-never-expires': yesNo({summary: 'Whether the password never expires.'}),
  'phone-number': text('Phone number.'),
  'postal-code': text('Postal code.'),
  'preferred-data-location': text('Preferred data location.'),
  'preferred-language': text('Preferred language, as in en-US.'),
  state: text('State or province.'),
  'street-address': text('Street address.'),
  'strong-password-required': yesNo({summary: 'Whether the password must be strong.'}),
  title: text('Job title.'),
  'usage-location': usageLocation({summary: 'Two letters of the country where services are used, as in DE.'}),
  'user-type': Flags.option({summary: 'Member or guest.', options: ['Member', 'Guest'] as const})(),
}

/** Which users are listed. */
export const userFilterFlags = {
  city: text('Users of this city.'),
  country: text('Users of this country.'),
  department: text('Users of this department.'),
  'domain-name': domainName({summary: 'Users with a name in this domain.'}),
  'enabled-filter': Flags.option({
    summary: 'By whether sign-in is allowed.',
    options: ['All', 'EnabledOnly', 'DisabledOnly'] as const,
  })(),
  'has-errors-only': Flags.boolean({summary: 'Only users with provisioning errors.'}),
  'return-deleted-users': Flags.boolean({summary: 'Deleted users instead.'}),
  'search-string': text('Display name or address begins with this.'),
  state: text('Users of this state.'),
  synchronized: Flags.boolean({summary: 'Only users that synchronisation made.'}),
  title: text('Users with this job title.'),
  'unlicensed-users-only': Flags.boolean({summary: 'Only users without a licence.'}),
  'usage-location': text('Users of this usage location.'),
}

const neverEmpty: readonly string[] = ['displayName', 'mailNickname']

/** The filter that these flags make; empty when none is given. */
export function toUserFilter(given: Readonly<Record<string, unknown>>): UserFilter {
  const same = ['city', 'country', 'department', 'state', 'title', 'usageLocation']
  const enabled = given['enabledFilter']
  const filter = {
    ...Object.fromEntries(same.map((name) => [name, given[name]])),
    domain: given['domainName'],
    search: given['searchString'],
    synchronized: given['synchronized'],
    enabled: enabled === undefined || enabled === 'All' ? undefined : enabled === 'EnabledOnly',
    licensed: given['unlicensedUsersOnly'] === true ? false : undefined,
    hasErrors: given['hasErrorsOnly'],
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** The properties that were given, as a change: lists from commas, an empty text is a property that is cleared. */
export function toUserChange(given: Readonly<Record<string, unknown>>): UserChange {
  const entries = writableUserProperties.flatMap((name): (readonly [string, unknown])[] => {
    const value = given[name]
    if (value === undefined) return []
    if (value === '' && neverEmpty.includes(name))
      throw new FedctlError('ValueMalformed', `--${toKebabCase(name)} cannot be empty: every user has one.`)
    if (name === 'alternateEmailAddresses') return [[name, listIn(String(value))]]
    return [[name, value === '' ? null : value]]
  })
  return Object.fromEntries(entries)
}

const listIn = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
