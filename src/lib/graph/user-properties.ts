import type {User} from '../model/user.ts'

/** Our name and Graph's for the properties of a user that are the same text on both sides. */
export const sameTexts = {
  city: 'city',
  country: 'country',
  department: 'department',
  fax: 'faxNumber',
  firstName: 'givenName',
  immutableId: 'onPremisesImmutableId',
  lastDirSyncTime: 'onPremisesLastSyncDateTime',
  lastName: 'surname',
  lastPasswordChangeTimestamp: 'lastPasswordChangeDateTime',
  mail: 'mail',
  mailNickname: 'mailNickname',
  mobilePhone: 'mobilePhone',
  office: 'officeLocation',
  postalCode: 'postalCode',
  preferredDataLocation: 'preferredDataLocation',
  preferredLanguage: 'preferredLanguage',
  softDeletionTimestamp: 'deletedDateTime',
  state: 'state',
  streetAddress: 'streetAddress',
  stsRefreshTokensValidFrom: 'signInSessionsValidFromDateTime',
  title: 'jobTitle',
  usageLocation: 'usageLocation',
  whenCreated: 'createdDateTime',
} as const satisfies {readonly [Name in keyof User]?: string}

/** The properties that are asked for: all that a User is made of. */
export const userSelect = [
  'id',
  'userPrincipalName',
  'displayName',
  'accountEnabled',
  'assignedLicenses',
  'businessPhones',
  'onPremisesProvisioningErrors',
  'otherMails',
  'passwordPolicies',
  'provisionedPlans',
  'proxyAddresses',
  'userType',
  ...Object.values(sameTexts),
].join(',')
