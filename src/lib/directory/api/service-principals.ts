import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import type {ObjectKind} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'

const servicePrincipals: ObjectKind = {
  resource: servicePrincipalResource,
  read: access.readApplications,
  write: access.writeApplications,
  required: ['appId'],
  noun: 'service principal',
  category: 'ApplicationManagement',
  auditType: 'ServicePrincipal',
  complete: async (_db, _call, {after}) => after,
}

/** /servicePrincipals. */
export const servicePrincipalRoutes = objectRoutes(servicePrincipals)
