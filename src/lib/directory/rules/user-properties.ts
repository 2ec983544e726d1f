import {countryForm, type Form, guidForm, mailForm} from './property.ts'
import type {ObjectProperty, Resource} from './resource.ts'

const nicknameForm: Form = {
  pattern: /^[^@()\\[\]";:<>,\s]+$/,
  says: 'it must not have a blank or any of @ ( ) [ ] \\ " ; : < > ,',
}
const immutableIdForm: Form = {pattern: /^[^$_]+$/, says: 'it must not have $ or _'}
const policiesForm: Form = {
  pattern:
    /^(None|DisablePasswordExpiration|DisableStrongPassword|DisablePasswordExpiration, ?DisableStrongPassword|DisableStrongPassword, ?DisablePasswordExpiration)$/,
  says: 'it must be None, DisablePasswordExpiration, DisableStrongPassword, or both of the last with a comma between them',
}
const proxyForm: Form = {
  pattern: /^[A-Za-z0-9-]+:\S+$/,
  says: 'each must be a protocol, a colon and an address, as in smtp:ada@contoso.com',
}

const searched = {kind: 'text', eq: 'plain', startsWith: 'plain'} as const
const advanced = {kind: 'text', eq: 'advanced', startsWith: 'advanced'} as const

/**
 * The properties of a user that are stored, by their Graph names (resource user, v1.0). Which ones $filter takes is the table of
 * Graph's advanced query capabilities. What synchronisation mirrors (onPremises…) may be written by the owner of the store.
 */
export const userProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  accountEnabled: {kind: 'flag', notNull: true, eq: 'plain'},
  businessPhones: {kind: 'texts', max: 64, standard: true},
  city: {...searched, max: 128},
  companyName: {...advanced, max: 64},
  country: {...searched, max: 128},
  createdDateTime: {kind: 'time', readOnly: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true},
  department: {...searched, max: 64},
  displayName: {...searched, max: 256, notNull: true, standard: true, key: 'displayNameKey'},
  employeeId: {...searched, max: 16, hasIndex: true},
  faxNumber: {...advanced, max: 64},
  givenName: {...searched, max: 64, standard: true},
  jobTitle: {kind: 'text', max: 128, standard: true, eq: 'plain', startsWith: 'advanced'},
  lastPasswordChangeDateTime: {kind: 'time', readOnly: true},
  mail: {...searched, max: 256, form: mailForm, standard: true, endsWith: true, hasIndex: true},
  mailNickname: {...searched, max: 64, form: nicknameForm, notNull: true},
  mobilePhone: {...advanced, max: 64, standard: true},
  officeLocation: {...advanced, max: 128, standard: true},
  onPremisesDistinguishedName: {kind: 'text', max: 1024},
  onPremisesDomainName: {kind: 'text', max: 253},
  onPremisesImmutableId: {kind: 'text', max: 256, form: immutableIdForm, eq: 'advanced', exact: true},
  onPremisesLastSyncDateTime: {kind: 'time', eq: 'advanced'},
  onPremisesSamAccountName: {...advanced, max: 256},
  onPremisesSecurityIdentifier: {kind: 'text', max: 184, eq: 'plain'},
  onPremisesSyncEnabled: {kind: 'flag', eq: 'plain'},
  onPremisesUserPrincipalName: {...searched, max: 1024},
  otherMails: {kind: 'texts', max: 250, eq: 'plain', startsWith: 'plain', endsWith: true},
  passwordPolicies: {
    kind: 'text',
    form: policiesForm,
    eq: 'advanced',
  },
  postalCode: {...advanced, max: 40},
  preferredDataLocation: {kind: 'text', max: 3},
  preferredLanguage: {...advanced, max: 32, standard: true},
  proxyAddresses: {
    kind: 'texts',
    max: 1123,
    most: 400,
    form: proxyForm,
    eq: 'plain',
    startsWith: 'plain',
    endsWith: true,
  },
  signInSessionsValidFromDateTime: {kind: 'time', readOnly: true},
  state: {...searched, max: 128},
  streetAddress: {...advanced, max: 1024},
  surname: {...searched, max: 64, standard: true},
  usageLocation: {...searched, form: countryForm},
  userPrincipalName: {...searched, notNull: true, standard: true, endsWith: true, key: 'upnKey'},
  userType: {kind: 'text', oneOf: ['Member', 'Guest'], notNull: true, eq: 'plain'},
} as const satisfies Readonly<Record<string, ObjectProperty>>

/** The name of a stored property of a user. */
export type UserPropertyName = keyof typeof userProperties

/** Users, as they are listed and asked for. A password is never shown, nor whether there is one. */
export const userResource: Resource = {
  type: 'User',
  table: 'users',
  properties: userProperties,
  constants: {
    assignedLicenses: [],
    assignedPlans: [],
    onPremisesProvisioningErrors: [],
    passwordProfile: null,
    provisionedPlans: [],
  },
  singles: {
    aboutMe: null,
    interests: [],
    mailboxSettings: null,
    mySite: null,
    pastProjects: [],
    preferredName: null,
    print: null,
    responsibilities: [],
    schools: [],
    skills: [],
  },
  lists: {table: 'userAddresses', owner: 'userId', key: 'addressKey'},
  sortable: {
    createdDateTime: 'advanced',
    deletedDateTime: 'advanced',
    displayName: 'plain',
    userPrincipalName: 'plain',
  },
}

/** What a user has besides under /beta: the object on premises it was matched with, and a second name of when sessions begin to count. */
export const betaUserProperties = {
  ...userProperties,
  onPremisesObjectIdentifier: {kind: 'text', form: guidForm},
  refreshTokensValidFromDateTime: {kind: 'time', readOnly: true, column: 'signInSessionsValidFromDateTime'},
} as const satisfies Readonly<Record<string, ObjectProperty>>

/** Users as /beta shows them. */
export const betaUserResource: Resource = {...userResource, properties: betaUserProperties}

const {id, displayName, givenName, mail, surname, userPrincipalName} = userProperties

/** Users as those see them who may read names and mail addresses alone (User.ReadBasic.All). */
export const basicUserResource: Resource = {
  ...userResource,
  properties: {id, displayName, givenName, mail, surname, userPrincipalName},
  constants: {},
  singles: {},
  sortable: {displayName: 'plain', userPrincipalName: 'plain'},
}
