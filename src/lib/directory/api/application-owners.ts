import {applications} from './applications.ts'
import type {TenantRoute} from './call.ts'
import {linkRoutes} from './link-routes.ts'
import {ownersOf} from './owners-of.ts'
import {servicePrincipals} from './service-principals.ts'

/** The owners of applications and of service principals. */
export const ownerRoutes: readonly TenantRoute[] = [applications, servicePrincipals].map(ownersOf).flatMap(linkRoutes)
