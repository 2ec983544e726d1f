import type {User} from './user.ts'

/** The properties of a user that can be written. `null` clears one. */
export type UserChange = {
  readonly [Name in WritableUserProperty]?: Exclude<User[Name], undefined> | null
}

/** The names of the properties that can be written. */
export const writableUserProperties = [
  'alternateEmailAddresses',
  'blockCredential',
  'city',
  'country',
  'department',
  'displayName',
  'fax',
  'firstName',
  'immutableId',
  'lastName',
  'mailNickname',
  'mobilePhone',
  'office',
  'passwordNeverExpires',
  'phoneNumber',
  'postalCode',
  'preferredDataLocation',
  'preferredLanguage',
  'state',
  'streetAddress',
  'strongPasswordRequired',
  'title',
  'usageLocation',
  'userPrincipalName',
  'userType',
] as const satisfies readonly (keyof User)[]

/** One of them. */
export type WritableUserProperty = (typeof writableUserProperties)[number]

/** A password as it is set: never shown, never stored, never part of a plan. */
export interface NewPassword {
  readonly password: string
  readonly forceChange: boolean
}
