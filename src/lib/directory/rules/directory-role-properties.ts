import type {ObjectProperties, Resource} from './resource.ts'

/** The properties of an active role, by their Graph names. */
export const directoryRoleProperties = {
  id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  deletedDateTime: {kind: 'time', readOnly: true, standard: true},
  description: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
  displayName: {
    kind: 'text',
    readOnly: true,
    standard: true,
    eq: 'plain',
    startsWith: 'plain',
    key: 'displayNameKey',
  },
  roleTemplateId: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
} as const satisfies ObjectProperties

/** The roles that are active in a tenant, as they are listed and asked for. */
export const directoryRoleResource: Resource = {
  type: 'DirectoryRole',
  table: 'directoryRoles',
  properties: directoryRoleProperties,
  constants: {},
  sortable: {displayName: 'advanced'},
}
