import type {ObjectProperties, OtherResource} from './resource.ts'

const text = {kind: 'text', max: 256, standard: true} as const
const searched = {...text, eq: 'advanced', startsWith: 'advanced'} as const
const flag = {kind: 'flag', standard: true, eq: 'advanced'} as const

/** The properties of a device that are stored, by their Graph names. */
export const deviceProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true, standard: true},
  accountEnabled: {kind: 'flag', notNull: true, standard: true, eq: 'plain'},
  alternativeSecurityIds: {kind: 'objects', standard: true},
  approximateLastSignInDateTime: {kind: 'time', standard: true, eq: 'plain'},
  complianceExpirationDateTime: {kind: 'time', readOnly: true, standard: true},
  createdDateTime: {kind: 'time', readOnly: true},
  deviceCategory: text,
  deviceId: {...text, eq: 'plain', startsWith: 'plain'},
  deviceMetadata: text,
  deviceOwnership: text,
  deviceVersion: {kind: 'number', standard: true},
  displayName: {
    kind: 'text',
    max: 256,
    notNull: true,
    standard: true,
    eq: 'plain',
    startsWith: 'plain',
    key: 'displayNameKey',
  },
  isCompliant: flag,
  isManaged: flag,
  manufacturer: text,
  mdmAppId: {...searched, readOnly: true},
  model: text,
  onPremisesLastSyncDateTime: {kind: 'time', readOnly: true, standard: true, eq: 'advanced'},
  onPremisesSecurityIdentifier: {kind: 'text', readOnly: true, eq: 'plain'},
  onPremisesSyncEnabled: {kind: 'flag', readOnly: true, standard: true, eq: 'plain'},
  operatingSystem: {...searched, notNull: true},
  operatingSystemVersion: {...searched, notNull: true},
  physicalIds: {kind: 'texts', max: 1024, standard: true, eq: 'plain', startsWith: 'plain'},
  profileType: {...text, oneOf: ['RegisteredDevice', 'SecureVM', 'Printer', 'Shared', 'IoT']},
  registrationDateTime: {kind: 'time', readOnly: true, standard: true},
  systemLabels: {kind: 'texts', max: 1024, standard: true},
  trustType: {...text, oneOf: ['Workplace', 'AzureAd', 'ServerAd'], eq: 'plain'},
} as const satisfies ObjectProperties

/** Devices, as they are listed and asked for. */
export const deviceResource: OtherResource = {
  type: 'Device',
  table: 'devices',
  properties: deviceProperties,
  constants: {
    enrollmentProfileName: null,
    enrollmentType: null,
    isManagementRestricted: null,
    isRooted: null,
    managementType: null,
  },
  standardConstants: ['enrollmentProfileName', 'enrollmentType', 'isRooted', 'managementType'],
  lists: {table: 'objectValues', owner: 'objectId', key: 'valueKey'},
  sortable: {
    approximateLastSignInDateTime: 'advanced',
    createdDateTime: 'advanced',
    deletedDateTime: 'advanced',
    displayName: 'advanced',
  },
}
