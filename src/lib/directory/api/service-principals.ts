import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import {refuseMicrosofts} from '../rules/application-rules.ts'
import {badRequest, GraphFailure} from '../rules/graph-failure.ts'
import {toServicePrincipal} from '../rules/to-service-principal.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {findApplication, findServicePrincipal} from '../store/service-principals.ts'
import {credentialLists, putCredentials} from './application-credentials.ts'
import type {TenantCall} from './call.ts'
import type {ObjectKind, ObjectStates} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'
import {addMaker} from './owners-of.ts'

/** Service principals: applications as a tenant uses them. */
export const servicePrincipals: ObjectKind = {
  resource: servicePrincipalResource,
  read: access.readApplications,
  write: access.writeApplications,
  required: ['appId'],
  noun: 'service principal',
  category: 'ApplicationManagement',
  auditType: 'ServicePrincipal',
  key: 'appId',
  activities: {Delete: 'Remove service principal', 'Hard Delete': 'Hard delete service principal'},
  others: credentialLists,
  complete: completeServicePrincipal,
  async follow(db, call, {before, after: object, others: body}) {
    const isNew = before === undefined
    if (isNew) await addMaker(db, call, {kind: servicePrincipals, object})
    return putCredentials(db, call, {kind: servicePrincipals, object, body, isNew})
  },
  async beforeRestoration(db, {tenant}, object) {
    const appId = String(object['appId'])
    if ((await findServicePrincipal(db, tenant.id, appId)) !== undefined) throw nameInUse(appId)
  },
  beforeDeletion: async (_db, _call, object) => refuseMicrosofts(object['appId']),
}

/** /servicePrincipals. */
export const servicePrincipalRoutes = objectRoutes(servicePrincipals)

async function completeServicePrincipal(
  db: Queries,
  {tenant}: TenantCall,
  {before, after}: ObjectStates,
): Promise<StoredObject> {
  if (before !== undefined) {
    refuseMicrosofts(before['appId'])
    if (after['appId'] !== before['appId']) throw badRequest("Property 'appId' is read-only and cannot be set.")
    return after
  }
  const appId = String(after['appId']).toLowerCase()
  if ((await findServicePrincipal(db, tenant.id, appId)) !== undefined) throw nameInUse(appId)
  const application = await findApplication(db, tenant.id, appId)
  if (application === undefined) throw noApplication(appId)
  const given = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null && value !== '[]'))
  return {
    ...after,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalType: 'Application',
    ...toServicePrincipal(application),
    ...given,
    appId,
  }
}

const nameInUse = (appId: string): GraphFailure =>
  new GraphFailure(
    409,
    'Request_MultipleObjectsWithSameKeyValue',
    `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    [{code: 'ObjectConflict', target: 'servicePrincipalNames'}],
  )

const noApplication = (appId: string): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    `The appId '${appId}' of the service principal does not reference a valid application object.`,
    [{code: 'NoBackingApplicationObject', target: 'appId'}],
  )
