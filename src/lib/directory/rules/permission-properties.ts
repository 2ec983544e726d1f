import type {Filterable} from './resource.ts'

const text = {kind: 'text', eq: 'plain'} as const

/** What $filter takes of the roles that were given (resource appRoleAssignment). */
export const assignmentFilter = {
  type: 'AppRoleAssignment',
  table: 'appRoleAssignments',
  properties: {id: text, appRoleId: text, principalId: text, principalType: text, resourceId: text},
} as const satisfies Filterable

/** What $filter takes of the scopes that were given (resource oAuth2PermissionGrant). */
export const grantFilter = {
  type: 'OAuth2PermissionGrant',
  table: 'permissionGrants',
  properties: {id: text, clientId: text, consentType: text, principalId: text, resourceId: text},
} as const satisfies Filterable
