import {access} from '../rules/access.ts'
import {applicationParts} from '../rules/application-parts.ts'
import {applicationResource} from '../rules/application-properties.ts'
import {
  checkEntitlements,
  checkIdentifierUris,
  checkRedirectUris,
  type Entitlement,
} from '../rules/application-rules.ts'
import {taken, takenMeanwhile} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {toServicePrincipal} from '../rules/to-service-principal.ts'
import {listDomains} from '../store/domains.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {changeObject} from '../store/objects.ts'
import {readJsonColumn, readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {
  findDeletedServicePrincipal,
  findServicePrincipal,
  isIdentifierTaken,
  listServicePrincipals,
} from '../store/service-principals.ts'
import {credentialLists, putCredentials} from './application-credentials.ts'
import {auditObject} from './audit-objects.ts'
import type {TenantCall} from './call.ts'
import {keptSince} from './deletable.ts'
import type {ObjectKind, ObjectStates} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'
import {addMaker} from './owners-of.ts'
import {completeParts} from './read-parts.ts'
import {servicePrincipals} from './service-principals.ts'

/** Applications: how they are registered in the tenant that owns them. */
export const applications: ObjectKind = {
  resource: applicationResource,
  read: access.readApplications,
  write: access.writeApplications,
  required: ['displayName'],
  noun: 'application',
  category: 'ApplicationManagement',
  auditType: 'Application',
  key: 'appId',
  others: credentialLists,
  complete: completeApplication,
  async follow(db, call, {before, after, others}) {
    if (before === undefined) await addMaker(db, call, {kind: applications, object: after})
    else await changeServicePrincipals(db, call, after)
    return await putCredentials(db, call, {
      kind: applications,
      object: after,
      body: others,
      isNew: before === undefined,
    })
  },
  async beforeRestoration(db, call, application) {
    for (const uri of readList(String(application['identifierUris'])))
      if (await isIdentifierTaken(db, application, uri))
        throw takenMeanwhile(String(application['displayName']), 'identifierUris')
    await restoreServicePrincipal(db, call, application)
  },
  async beforeDeletion(db, call, {tenantId, ...application}) {
    const object = await findServicePrincipal(db, tenantId, String(application['appId']))
    if (object === undefined) return
    const change = {deletedDateTime: timestamp(call.services.now())}
    await changeObject(db, servicePrincipals.resource, {before: object, change})
    await auditObject(db, call, {
      kind: servicePrincipals,
      activity: 'Delete',
      before: object,
      after: {...object, ...change},
    })
  },
}

/** /applications. */
export const applicationRoutes = objectRoutes(applications)

/** The service principal that went with an application comes back with it, and with all that it may. */
async function restoreServicePrincipal(db: Queries, call: TenantCall, application: StoredObject): Promise<void> {
  const {tenantId} = application
  const appId = String(application['appId'])
  if ((await findServicePrincipal(db, tenantId, appId)) !== undefined) return
  const before = await findDeletedServicePrincipal(db, {tenantId, appId, since: keptSince(call)})
  if (before === undefined) return
  const change = {...toServicePrincipal(application), deletedDateTime: null}
  await changeObject(db, servicePrincipals.resource, {before, change})
  await auditObject(db, call, {kind: servicePrincipals, activity: 'Restore', before, after: {...before, ...change}})
}

async function completeApplication(
  db: Queries,
  call: TenantCall,
  {before, after}: ObjectStates,
): Promise<StoredObject> {
  const {services, tenant} = call
  const domains = await listDomains(db, tenant.id)
  const own =
    before === undefined
      ? {
          appId: services.newId(),
          publisherDomain: domains.find(({isDefault}) => isDefault)?.name ?? null,
          signInAudience: after['signInAudience'] ?? 'AzureADMyOrg',
        }
      : {}
  const states = {...(before === undefined ? {} : {before}), after: {...after, ...own}}
  const application = completeParts(applicationResource, applicationParts, states)
  const names = readList(String(application['identifierUris']))
  checkIdentifierUris(
    names,
    domains.filter(({isVerified}) => isVerified).map(({name}) => name),
  )
  for (const name of names) if (await isIdentifierTaken(db, application, name)) throw taken('identifierUris')
  for (const platform of ['publicClient', 'spa', 'web'] as const)
    checkRedirectUris(platform, partOf(application, platform)['redirectUris'] as string[])
  checkOffers(before, application)
  return application
}

function checkOffers(before: StoredObject | undefined, after: StoredObject): void {
  const roles = (object: StoredObject | undefined) =>
    readJsonColumn(String(object?.['appRoles'] ?? '[]')) as Entitlement[]
  checkEntitlements('appRoles', roles(before), roles(after))
  const scopes = (object: StoredObject | undefined) =>
    object === undefined ? [] : ((partOf(object, 'api')['oauth2PermissionScopes'] ?? []) as Entitlement[])
  checkEntitlements('oauth2PermissionScopes', scopes(before), scopes(after))
}

const partOf = (object: StoredObject, name: string) =>
  readJsonColumn(String(object[name] ?? '{}')) as Readonly<Record<string, unknown>>

/** What tenants have of an application changes with it. */
async function changeServicePrincipals(db: Queries, call: TenantCall, application: StoredObject): Promise<void> {
  for (const before of await listServicePrincipals(db, String(application['appId']))) {
    const change = toServicePrincipal(application)
    const different = Object.fromEntries(Object.entries(change).filter(([name, value]) => value !== before[name]))
    await changeObject(db, servicePrincipals.resource, {before, change: different})
    const after = {...before, ...different}
    if (before.tenantId === call.tenant.id)
      await auditObject(db, call, {kind: servicePrincipals, activity: 'Update', before, after})
  }
}
