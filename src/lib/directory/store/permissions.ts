import type {Insertable, Selectable} from 'kysely'
import type {Filter} from '../odata/filter.ts'
import type {Filterable, PermissionTableName} from '../rules/resource.ts'
import {whereObject} from './object-filter.ts'
import type {AppRoleAssignmentTable, PermissionGrantTable} from './object-tables.ts'
import type {Queries} from './schema.ts'

/** A role of a resource that somebody has, as it is stored. */
export type StoredAssignment = Selectable<AppRoleAssignmentTable>

/** Scopes that an application may use, as they are stored. */
export type StoredGrant = Selectable<PermissionGrantTable>

/** Which roles or scopes are wanted; `after` is the id of the last of the page before. */
export interface PermissionPage {
  readonly tenantId: string
  readonly filter?: Filter
  readonly size: number
  readonly after?: string
}

interface Rows {
  readonly appRoleAssignments: StoredAssignment
  readonly permissionGrants: StoredGrant
}

/** One page of the roles or of the scopes that were given, in the order of their ids. */
export async function listPermissions<Table extends PermissionTableName>(
  db: Queries,
  of: Filterable & {readonly table: Table},
  {tenantId, filter, size, after = ''}: PermissionPage,
): Promise<readonly Rows[Table][]> {
  // Both tables have the columns that are named here; the types of one stand for both.
  const rows = db
    .selectFrom(of.table as PermissionTableName as 'appRoleAssignments')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
  const wanted = filter === undefined ? rows : rows.where(whereObject(of, filter) as never)
  return (await wanted.execute()) as unknown as Rows[Table][]
}

/** Takes a role or scopes away. */
export const removePermission = (db: Queries, table: PermissionTableName, id: string): Promise<unknown> =>
  db
    .deleteFrom(table as 'appRoleAssignments')
    .where('id', '=', id)
    .execute()

/** Changes which scopes a grant gives. */
export const changeGrant = (db: Queries, id: string, scope: string): Promise<unknown> =>
  db.updateTable('permissionGrants').set({scope}).where('id', '=', id).execute()

/** The display names of users, groups and service principals, deleted ones too, by id. */
export async function listNames(db: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await Promise.all(
    (['users', 'groups', 'servicePrincipals'] as const).map((table) =>
      db
        .selectFrom(table as 'users')
        .select(['id', 'displayName'])
        .where('id', 'in', [...new Set(ids)])
        .execute(),
    ),
  )
  return new Map(rows.flat().map(({id, displayName}) => [id, displayName]))
}

/** Gives somebody a role. */
export const addAssignment = (db: Queries, assignment: Insertable<AppRoleAssignmentTable>): Promise<unknown> =>
  db.insertInto('appRoleAssignments').values(assignment).execute()

/** Lets an application use scopes. */
export const addGrant = (db: Queries, grant: Insertable<PermissionGrantTable>): Promise<unknown> =>
  db.insertInto('permissionGrants').values(grant).execute()
