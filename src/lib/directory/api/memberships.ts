import {access} from '../rules/access.ts'
import {directoryRoleResource} from '../rules/directory-role-properties.ts'
import {notFound} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {Queries} from '../store/schema.ts'
import {findUser} from '../store/users.ts'
import {parameter, type TenantCall, type TenantRoute} from './call.ts'
import {relationRoutes} from './relation-routes.ts'

const find = async (db: Queries, call: TenantCall) => {
  const identity = parameter(call, 'user')
  const user = await findUser(db, call.tenant.id, identity)
  if (user === undefined) throw notFound(identity)
  return user
}

/** /users/{id}/memberOf. */
export const membershipRoutes: readonly TenantRoute[] = relationRoutes({
  path: '/users/:user/memberOf',
  needs: access.readMemberships,
  resources: [groupResource, directoryRoleResource],
  link: {property: 'members', backwards: true},
  find,
})
