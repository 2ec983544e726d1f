import type {Selectable} from 'kysely'
import {findTemplate} from '../rules/role-templates.ts'
import {fold} from './fold.ts'
import {addLink} from './links.ts'
import type {DirectoryRoleTable, Queries} from './schema.ts'
import {toSearchWords} from './search-words.ts'
import type {StoredUser} from './users.ts'

/** A role that has been activated in a tenant. */
export type StoredRole = Selectable<DirectoryRoleTable>

const rolesOf = (db: Queries, tenantId: string) =>
  db.selectFrom('directoryRoles').selectAll().where('tenantId', '=', tenantId)

/** An active role by its id in the tenant. */
export const findRole = (db: Queries, tenantId: string, id: string): Promise<StoredRole | undefined> =>
  rolesOf(db, tenantId).where('id', '=', id).executeTakeFirst()

/** The active role of a template. */
export const findRoleOf = (db: Queries, tenantId: string, roleTemplateId: string): Promise<StoredRole | undefined> =>
  rolesOf(db, tenantId).where('roleTemplateId', '=', roleTemplateId).executeTakeFirst()

/** Activates a role, which gets the names of its template, and gives it. */
export async function addRole(
  db: Queries,
  role: Pick<StoredRole, 'id' | 'tenantId' | 'createdDateTime' | 'roleTemplateId'>,
): Promise<StoredRole> {
  const {displayName, description} = findTemplate(role.roleTemplateId) ?? {displayName: '', description: ''}
  const keys = {displayNameKey: fold(displayName), searchWords: toSearchWords(displayName, description)}
  const row = {...role, displayName, description, ...keys, deletedDateTime: null}
  await db.insertInto('directoryRoles').values(row).execute()
  return row
}

/** The users who have a role, be it as members of a group that has it; deleted users and groups are left out. */
export const listRoleHolders = (db: Queries, roleId: string): Promise<Pick<StoredUser, 'id' | 'userPrincipalName'>[]> =>
  db
    .selectFrom('users')
    .select(['id', 'userPrincipalName'])
    .where('deletedDateTime', 'is', null)
    .where('id', 'in', (is) =>
      is
        .selectFrom('objectLinks')
        .select('targetId')
        .where('property', '=', 'members')
        .where((on) => on.or([on('objectId', '=', roleId), on('objectId', 'in', groupsWith(db, roleId))])),
    )
    .execute()

const groupsWith = (db: Queries, roleId: string) =>
  db
    .selectFrom('objectLinks')
    .innerJoin('groups', 'groups.id', 'objectLinks.targetId')
    .select('groups.id')
    .where('objectLinks.objectId', '=', roleId)
    .where('objectLinks.property', '=', 'members')
    .where('groups.deletedDateTime', 'is', null)

/** The roles that somebody has, be it as a member of a group that has them: of that group itself, not of one within it. */
export const listRolesOf = (db: Queries, holderId: string): Promise<StoredRole[]> =>
  db
    .selectFrom('directoryRoles')
    .selectAll()
    .where('id', 'in', (is) =>
      is
        .selectFrom('objectLinks')
        .select('objectId')
        .where('property', '=', 'members')
        .where((on) => on.or([on('targetId', '=', holderId), on('targetId', 'in', groupsOf(db, holderId))])),
    )
    .orderBy('roleTemplateId')
    .execute()

const groupsOf = (db: Queries, holderId: string) =>
  db
    .selectFrom('objectLinks')
    .innerJoin('groups', 'groups.id', 'objectLinks.objectId')
    .select('groups.id')
    .where('objectLinks.targetId', '=', holderId)
    .where('objectLinks.property', '=', 'members')
    .where('groups.deletedDateTime', 'is', null)

/** Gives a role to a user who does not have it. */
export const addRoleMember = (
  db: Queries,
  {id, tenantId}: Pick<StoredRole, 'id' | 'tenantId'>,
  userId: string,
): Promise<unknown> => addLink(db, {tenantId, objectId: id, property: 'members', targetType: 'User', targetId: userId})
