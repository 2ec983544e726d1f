import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'
import {findTemplate} from '../../rules/role-templates.ts'
import {fold} from '../fold.ts'

interface Before {
  roles: {id: string; tenantId: string; roleTemplateId: string}
  roleMembers: {roleId: string; userId: string}
  directoryRoles: Record<string, string>
  objectLinks: {tenantId: string; objectId: string; property: string; targetType: string; targetId: string}
}

/** Roles become objects like groups, and who has them links like who belongs to a group. */
export const directoryRoles: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Before>
    await makeTable(db)
    const roles = await db.selectFrom('roles').selectAll().execute()
    for (const role of roles) {
      const {displayName, description} = findTemplate(role.roleTemplateId) ?? {displayName: '', description: ''}
      const columns = {displayName, description, displayNameKey: fold(displayName), createdDateTime: ''}
      await db
        .insertInto('directoryRoles')
        .values({...role, ...columns})
        .execute()
    }
    const members = await db
      .selectFrom('roleMembers')
      .innerJoin('roles', 'roles.id', 'roleMembers.roleId')
      .select(['roles.tenantId', 'roleId as objectId', 'userId as targetId'])
      .execute()
    for (const member of members)
      await db
        .insertInto('objectLinks')
        .values({...member, property: 'members', targetType: 'User'})
        .execute()
    await db.schema.dropTable('roleMembers').execute()
    await db.schema.dropTable('roles').execute()
  },
}

const makeTable = (db: Kysely<Before>): Promise<void> =>
  db.schema
    .createTable('directoryRoles')
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('deletedDateTime', 'text')
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('displayNameKey', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('roleTemplateId', 'text', (column) => column.notNull())
    .addUniqueConstraint('directoryRolesOnce', ['tenantId', 'roleTemplateId'])
    .execute()
