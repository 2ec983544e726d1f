import {access} from '../rules/access.ts'
import {applicationResource} from '../rules/application-properties.ts'
import type {ObjectKind} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'

const applications: ObjectKind = {
  resource: applicationResource,
  read: access.readApplications,
  write: access.writeApplications,
  required: ['displayName'],
  noun: 'application',
  category: 'ApplicationManagement',
  auditType: 'Application',
  complete: async (_db, {services}, {before, after}) =>
    before === undefined ? {...after, appId: services.newId()} : after,
}

/** /applications. */
export const applicationRoutes = objectRoutes(applications)
