import type {Insertable, Selectable} from 'kysely'
import {graphPermissions, graphServicePrincipalId} from '../rules/graph-permissions.ts'
import type {AppRoleAssignmentTable, PermissionGrantTable} from './object-tables.ts'
import type {Queries} from './schema.ts'

/** A role of a resource that somebody has, as it is stored. */
export type StoredAssignment = Selectable<AppRoleAssignmentTable>

/** Scopes that an application may use, as they are stored. */
export type StoredGrant = Selectable<PermissionGrantTable>

/** The names of Graph's permissions that a service principal has by itself: the `roles` of its tokens. */
export async function listGraphRoles(db: Queries, tenantId: string, servicePrincipalId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('appRoleAssignments')
    .select('appRoleId')
    .where('principalId', '=', servicePrincipalId)
    .where('resourceId', '=', graphServicePrincipalId(tenantId))
    .execute()
  const ids = new Set(rows.map(({appRoleId}) => appRoleId))
  return graphPermissions.flatMap(({name, roleId}) => (roleId !== undefined && ids.has(roleId) ? [name] : []))
}

/** The scopes of Graph that a service principal may use for a user, by grants for this one and for all: the `scp` of its tokens. */
export async function listGraphScopes(
  db: Queries,
  {tenantId, clientId, userId}: {readonly tenantId: string; readonly clientId: string; readonly userId: string},
): Promise<string[]> {
  const rows = await db
    .selectFrom('permissionGrants')
    .select('scope')
    .where('clientId', '=', clientId)
    .where('resourceId', '=', graphServicePrincipalId(tenantId))
    .where((is) => is.or([is('consentType', '=', 'AllPrincipals'), is('principalId', '=', userId)]))
    .execute()
  return [...new Set(rows.flatMap(({scope}) => scope.split(' ')))].filter((scope) => scope !== '')
}

/** Gives somebody a role. */
export const addAssignment = (db: Queries, assignment: Insertable<AppRoleAssignmentTable>): Promise<unknown> =>
  db.insertInto('appRoleAssignments').values(assignment).execute()

/** Lets an application use scopes. */
export const addGrant = (db: Queries, grant: Insertable<PermissionGrantTable>): Promise<unknown> =>
  db.insertInto('permissionGrants').values(grant).execute()
