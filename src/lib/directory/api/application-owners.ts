import {servicePrincipalResource} from '../rules/application-properties.ts'
import {userResource} from '../rules/user-properties.ts'
import {applications} from './applications.ts'
import type {TenantRoute} from './call.ts'
import {linkRoutes} from './link-routes.ts'
import {requireObject} from './object-routes.ts'
import {servicePrincipals} from './service-principals.ts'

/** The owners of applications and of service principals. */
export const ownerRoutes: readonly TenantRoute[] = [applications, servicePrincipals].flatMap((kind) => {
  const {resource, read, write, noun, category} = kind
  return linkRoutes({
    owner: resource,
    path: `/${resource.table}/:object`,
    property: 'owners',
    targets: [userResource, servicePrincipalResource],
    read,
    write,
    category,
    activities: {add: `Add owner to ${noun}`, remove: `Remove owner from ${noun}`},
    find: (db, call) => requireObject(db, call, kind),
  })
})
