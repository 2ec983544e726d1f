import type {Form} from './property.ts'
import type {ObjectProperties, OtherResource} from './resource.ts'

const searched = {kind: 'text', eq: 'plain', startsWith: 'plain'} as const
const sync = {kind: 'text', readOnly: true} as const

const nicknameForm: Form = {
  pattern: /^(?:(?![@()\\[\]";:<>,])[!-~])+$/,
  says: 'it must be ASCII, without a blank or any of @ ( ) [ ] \\ " ; : < > ,',
}

/** The properties of a group that are stored, by their Graph names. */
export const groupProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true, standard: true},
  classification: {kind: 'text', max: 256, standard: true, eq: 'advanced', startsWith: 'advanced'},
  createdDateTime: {kind: 'time', readOnly: true, standard: true, eq: 'advanced'},
  description: {kind: 'text', max: 1024, standard: true, eq: 'advanced', startsWith: 'advanced'},
  displayName: {...searched, max: 256, notNull: true, standard: true, key: 'displayNameKey'},
  groupTypes: {kind: 'texts', max: 64, standard: true, eq: 'plain'},
  isAssignableToRole: {kind: 'flag', standard: true, eq: 'plain'},
  mail: {...searched, readOnly: true, standard: true},
  mailEnabled: {kind: 'flag', notNull: true, standard: true, eq: 'plain'},
  mailNickname: {...searched, max: 64, form: nicknameForm, notNull: true, standard: true},
  membershipRule: {kind: 'text', max: 3072, standard: true, eq: 'advanced', startsWith: 'advanced'},
  membershipRuleProcessingState: {kind: 'text', oneOf: ['On', 'Paused'], standard: true, eq: 'advanced'},
  onPremisesDomainName: {...sync, standard: true},
  onPremisesLastSyncDateTime: {kind: 'time', readOnly: true, standard: true, eq: 'plain'},
  onPremisesNetBiosName: {...sync, standard: true},
  onPremisesSamAccountName: {...sync, standard: true, eq: 'plain', startsWith: 'plain'},
  onPremisesSecurityIdentifier: {...sync, standard: true, eq: 'plain'},
  onPremisesSyncEnabled: {kind: 'flag', readOnly: true, standard: true, eq: 'plain'},
  preferredDataLocation: {kind: 'text', max: 3, standard: true},
  preferredLanguage: {kind: 'text', max: 32, standard: true, eq: 'plain', startsWith: 'plain'},
  proxyAddresses: {
    kind: 'texts',
    max: 1123,
    standard: true,
    readOnly: true,
    eq: 'plain',
    startsWith: 'plain',
    endsWith: true,
  },
  renewedDateTime: {kind: 'time', readOnly: true, standard: true, eq: 'advanced'},
  securityEnabled: {kind: 'flag', notNull: true, standard: true, eq: 'plain'},
  securityIdentifier: {kind: 'text', readOnly: true, standard: true},
  uniqueName: {kind: 'text', max: 128, standard: true, eq: 'plain'},
  visibility: {kind: 'text', oneOf: ['Private', 'Public', 'HiddenMembership'], standard: true},
} as const satisfies ObjectProperties

/** Groups, as they are listed and asked for. */
export const groupResource: OtherResource = {
  type: 'Group',
  table: 'groups',
  properties: groupProperties,
  constants: {
    assignedLabels: [],
    assignedLicenses: [],
    expirationDateTime: null,
    isManagementRestricted: null,
    onPremisesProvisioningErrors: [],
    resourceBehaviorOptions: [],
    resourceProvisioningOptions: [],
    serviceProvisioningErrors: [],
    theme: null,
  },
  standardConstants: [
    'expirationDateTime',
    'onPremisesProvisioningErrors',
    'resourceBehaviorOptions',
    'resourceProvisioningOptions',
    'serviceProvisioningErrors',
    'theme',
  ],
  lists: {table: 'objectValues', owner: 'objectId', key: 'valueKey'},
  sortable: {createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'plain'},
  hasDescription: true,
}
