import type {Insertable, Selectable} from 'kysely'
import type {Queries, RoleTable} from './schema.ts'
import type {StoredUser} from './users.ts'

/** A role that has been activated in a tenant. */
export type StoredRole = Selectable<RoleTable>

/** The active roles of a tenant. */
export const listRoles = (db: Queries, tenantId: string): Promise<StoredRole[]> =>
  db.selectFrom('roles').selectAll().where('tenantId', '=', tenantId).orderBy('roleTemplateId').execute()

/** An active role by its id in the tenant. */
export const findRole = (db: Queries, tenantId: string, id: string): Promise<StoredRole | undefined> =>
  db.selectFrom('roles').selectAll().where('tenantId', '=', tenantId).where('id', '=', id).executeTakeFirst()

/** The active role of a template. */
export const findRoleOf = (db: Queries, tenantId: string, roleTemplateId: string): Promise<StoredRole | undefined> =>
  db
    .selectFrom('roles')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('roleTemplateId', '=', roleTemplateId)
    .executeTakeFirst()

/** Activates a role. */
export const addRole = (db: Queries, role: Insertable<RoleTable>): Promise<unknown> =>
  db.insertInto('roles').values(role).execute()

/** The members of a role, deleted ones left out. */
export const listMembers = (db: Queries, roleId: string): Promise<StoredUser[]> =>
  db
    .selectFrom('roleMembers')
    .innerJoin('users', 'users.id', 'roleMembers.userId')
    .selectAll('users')
    .where('roleId', '=', roleId)
    .where('users.deletedDateTime', 'is', null)
    .orderBy('users.createdDateTime')
    .orderBy('users.id')
    .execute()

/** The roles of one user. */
export const listRolesOf = (db: Queries, userId: string): Promise<StoredRole[]> =>
  db
    .selectFrom('roleMembers')
    .innerJoin('roles', 'roles.id', 'roleMembers.roleId')
    .selectAll('roles')
    .where('userId', '=', userId)
    .orderBy('roleTemplateId')
    .execute()

/** Gives a role to a user who does not have it. */
export const addMember = (db: Queries, roleId: string, userId: string): Promise<unknown> =>
  db.insertInto('roleMembers').values({roleId, userId}).execute()

/** Takes a role from a user. */
export const removeMember = (db: Queries, roleId: string, userId: string): Promise<unknown> =>
  db.deleteFrom('roleMembers').where('roleId', '=', roleId).where('userId', '=', userId).execute()
