import type {ObjectProperties, OtherResource} from './resource.ts'

const text = {kind: 'text', max: 1024, standard: true} as const
const flag = {kind: 'flag', standard: true} as const
const object = {kind: 'object', standard: true} as const
const objects = {kind: 'objects', standard: true} as const
const displayName = {
  kind: 'text',
  max: 256,
  notNull: true,
  standard: true,
  eq: 'plain',
  startsWith: 'plain',
  key: 'displayNameKey',
} as const
const attached = ['keyCredentials', 'passwordCredentials']
const lists = {table: 'objectValues', owner: 'objectId', key: 'valueKey'} as const

/** The properties of an application that are stored, by their Graph names; its credentials are in tables of their own. */
export const applicationProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true, standard: true},
  api: object,
  appId: {...text, readOnly: true, eq: 'plain'},
  appRoles: objects,
  applicationTemplateId: {...text, readOnly: true, eq: 'advanced'},
  createdDateTime: {kind: 'time', readOnly: true, standard: true, eq: 'plain'},
  defaultRedirectUri: text,
  description: {...text, eq: 'advanced', startsWith: 'advanced'},
  disabledByMicrosoftStatus: {...text, readOnly: true},
  displayName,
  groupMembershipClaims: text,
  identifierUris: {kind: 'texts', max: 255, most: 50, standard: true, eq: 'plain', startsWith: 'plain'},
  info: object,
  isDeviceOnlyAuthSupported: flag,
  isFallbackPublicClient: flag,
  notes: text,
  optionalClaims: object,
  parentalControlSettings: object,
  publicClient: object,
  publisherDomain: {...text, readOnly: true, eq: 'plain', startsWith: 'plain'},
  requiredResourceAccess: objects,
  samlMetadataUrl: text,
  serviceManagementReference: text,
  signInAudience: {
    ...text,
    oneOf: ['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount'],
    eq: 'advanced',
  },
  spa: object,
  tags: {kind: 'texts', max: 256, standard: true, eq: 'plain', startsWith: 'plain'},
  tokenEncryptionKeyId: text,
  uniqueName: {...text, readOnly: true},
  web: object,
} as const satisfies ObjectProperties

/** Applications, as they are listed and asked for. */
export const applicationResource: OtherResource = {
  type: 'Application',
  table: 'applications',
  properties: applicationProperties,
  constants: {
    addIns: [],
    certification: null,
    requestSignatureVerification: null,
    servicePrincipalLockConfiguration: null,
    verifiedPublisher: null,
  },
  attached,
  lists,
  sortable: {createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'advanced'},
  hasDescription: true,
}

/** The properties of a service principal that are stored: an application as a tenant uses it. */
export const servicePrincipalProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true, standard: true},
  accountEnabled: {kind: 'flag', standard: true, eq: 'plain'},
  alternativeNames: {kind: 'texts', max: 1024, standard: true, eq: 'plain', startsWith: 'plain'},
  appDescription: {...text, readOnly: true},
  appDisplayName: {...text, readOnly: true},
  appId: {...text, eq: 'plain', startsWith: 'plain'},
  appOwnerOrganizationId: {...text, readOnly: true, eq: 'advanced'},
  appRoleAssignmentRequired: {kind: 'flag', notNull: true, standard: true, eq: 'advanced'},
  appRoles: objects,
  applicationTemplateId: {...text, readOnly: true, eq: 'advanced'},
  createdDateTime: {kind: 'time', readOnly: true},
  description: {...text, eq: 'advanced', startsWith: 'advanced'},
  disabledByMicrosoftStatus: {...text, readOnly: true},
  displayName,
  homepage: text,
  info: object,
  loginUrl: text,
  logoutUrl: text,
  notes: text,
  notificationEmailAddresses: {kind: 'texts', max: 256, standard: true},
  oauth2PermissionScopes: objects,
  preferredSingleSignOnMode: text,
  preferredTokenSigningKeyThumbprint: text,
  replyUrls: {kind: 'texts', max: 1024, standard: true},
  samlSingleSignOnSettings: object,
  servicePrincipalNames: {kind: 'texts', max: 1024, standard: true, eq: 'plain', startsWith: 'plain'},
  servicePrincipalType: {...text, readOnly: true, eq: 'plain'},
  signInAudience: {...text, readOnly: true},
  tags: {kind: 'texts', max: 256, standard: true, eq: 'plain', startsWith: 'plain'},
  tokenEncryptionKeyId: text,
} as const satisfies ObjectProperties

/** Service principals, as they are listed and asked for. */
export const servicePrincipalResource: OtherResource = {
  type: 'ServicePrincipal',
  table: 'servicePrincipals',
  properties: servicePrincipalProperties,
  constants: {addIns: [], resourceSpecificApplicationPermissions: [], verifiedPublisher: null},
  attached,
  lists,
  sortable: {createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'advanced'},
  hasDescription: true,
}
