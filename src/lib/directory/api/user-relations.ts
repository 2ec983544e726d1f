import {access} from '../rules/access.ts'
import {applicationResource, servicePrincipalResource} from '../rules/application-properties.ts'
import {deviceResource} from '../rules/device-properties.ts'
import {notFound} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {Resource} from '../rules/resource.ts'
import type {LinkProperty} from '../store/object-tables.ts'
import {findUser} from '../store/users.ts'
import {parameter, type TenantRoute} from './call.ts'
import {membershipRoutes} from './memberships.ts'
import {type Relation, relationRoutes} from './relation-routes.ts'

const find: Relation['find'] = async (db, call) => {
  const identity = parameter(call, 'user')
  const user = await findUser(db, call.tenant.id, identity)
  if (user === undefined) throw notFound(identity)
  return user
}

const ownedBy = (name: string, property: LinkProperty, resources: readonly Resource[]): readonly TenantRoute[] =>
  relationRoutes({
    path: `/users/:user/${name}`,
    needs: access.readUsers,
    resources,
    link: {property, backwards: true},
    find,
  })

/** What belongs to a user, and what the user belongs to. */
export const userRelationRoutes: readonly TenantRoute[] = [
  ...membershipRoutes('/users/:user', find),
  ...ownedBy('ownedObjects', 'owners', [groupResource, applicationResource, servicePrincipalResource]),
  ...ownedBy('ownedDevices', 'registeredOwners', [deviceResource]),
  ...ownedBy('registeredDevices', 'registeredUsers', [deviceResource]),
]
