import {badRequest} from '../rules/graph-failure.ts'
import {globalAdministrator} from '../rules/role-templates.ts'
import {findRoleOf, listMembers} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import type {StoredUser} from '../store/users.ts'

/** Refuses to take away the only Global Administrator: nobody could give the role again. */
export async function refuseLastAdministrator(
  db: Queries,
  {tenantId, id, userPrincipalName}: StoredUser,
): Promise<void> {
  const role = await findRoleOf(db, tenantId, globalAdministrator)
  const members = role === undefined ? [] : await listMembers(db, role.id)
  if (members.length === 1 && members[0]?.id === id)
    throw badRequest(
      `'${userPrincipalName}' is the last Global Administrator of the tenant. Give the role to another user first.`,
    )
}
