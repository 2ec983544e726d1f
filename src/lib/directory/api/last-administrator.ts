import {badRequest} from '../rules/graph-failure.ts'
import {globalAdministrator} from '../rules/role-templates.ts'
import {findRoleOf, listRoleHolders} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import type {StoredUser} from '../store/users.ts'

/** Refuses to take away the only Global Administrator: nobody could give the role again. */
export async function refuseLastAdministrator(db: Queries, {tenantId, id}: StoredUser): Promise<void> {
  const holders = await listAdministrators(db, tenantId)
  if (holders.length === 1 && holders[0]?.id === id) throw lastAdministrator(holders[0].userPrincipalName)
}

/** Makes a change of who belongs to what, unless it would leave the tenant without a Global Administrator. */
export async function keepAdministrators(db: Queries, tenantId: string, change: () => Promise<unknown>): Promise<void> {
  const [holder] = await listAdministrators(db, tenantId)
  await change()
  if (holder !== undefined && (await listAdministrators(db, tenantId)).length === 0)
    throw lastAdministrator(holder.userPrincipalName)
}

async function listAdministrators(db: Queries, tenantId: string) {
  const role = await findRoleOf(db, tenantId, globalAdministrator)
  return role === undefined ? [] : listRoleHolders(db, role.id)
}

const lastAdministrator = (userPrincipalName: string) =>
  badRequest(
    `'${userPrincipalName}' is the last Global Administrator of the tenant. Give the role to another user first.`,
  )
