import {applicationResource, servicePrincipalResource} from '../rules/application-properties.ts'
import {graphAppId, graphServicePrincipalId} from '../rules/graph-permissions.ts'
import {fold} from './fold.ts'
import {objectsOf, type StoredObject} from './list-objects.ts'
import {addObject, findObject} from './objects.ts'
import type {Queries} from './schema.ts'

/** The service principal of an application in a tenant, unless it is deleted. */
export const findServicePrincipal = (db: Queries, tenantId: string, appId: string): Promise<StoredObject | undefined> =>
  findObject(db, servicePrincipalResource, {tenantId, by: 'appId', value: appId.toLowerCase()})

/** The service principal of an application that was deleted last, after a time. */
export const findDeletedServicePrincipal = async (
  db: Queries,
  {tenantId, appId, since}: {readonly tenantId: string; readonly appId: string; readonly since: string},
): Promise<StoredObject | undefined> =>
  (await objectsOf(db, 'servicePrincipals', tenantId, true)
    .selectAll()
    .where('appId' as 'id', '=', appId)
    .where('deletedDateTime', '>', since)
    .orderBy('deletedDateTime', 'desc')
    .executeTakeFirst()) as StoredObject | undefined

/** The registration of an application that a tenant may use: its own, or another's that is for several tenants. */
export async function findApplication(db: Queries, tenantId: string, appId: string): Promise<StoredObject | undefined> {
  const value = appId.toLowerCase()
  const own = await findObject(db, applicationResource, {tenantId, by: 'appId', value})
  if (own !== undefined) return own
  const other = await db
    .selectFrom('applications')
    .selectAll()
    .where('appId', '=', value)
    .where('deletedDateTime', 'is', null)
    .where('signInAudience', 'in', ['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount'])
    .executeTakeFirst()
  return other as StoredObject | undefined
}

/** Makes the service principal of Microsoft Graph, which every tenant has; its permissions are those that this program knows. */
export const addGraphServicePrincipal = (db: Queries, tenantId: string, createdDateTime: string): Promise<void> =>
  addObject(db, servicePrincipalResource, {
    id: graphServicePrincipalId(tenantId),
    tenantId,
    createdDateTime,
    displayName: 'Microsoft Graph',
    appDisplayName: 'Microsoft Graph',
    appId: graphAppId,
    // The tenant of Microsoft's own applications.
    appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalNames: JSON.stringify([graphAppId, 'https://graph.microsoft.com']),
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMultipleOrgs',
  })

/** The service principals of an application in all tenants, deleted ones left out. */
export const listServicePrincipals = async (db: Queries, appId: string): Promise<StoredObject[]> =>
  (await db
    .selectFrom('servicePrincipals')
    .selectAll()
    .where('appId', '=', appId)
    .where('deletedDateTime', 'is', null)
    .execute()) as StoredObject[]

/** Whether another application of the tenant that is not deleted has an identifier URI, in any case. */
export async function isIdentifierTaken(
  db: Queries,
  {tenantId, id}: Pick<StoredObject, 'tenantId' | 'id'>,
  uri: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('objectValues')
    .innerJoin('applications', 'applications.id', 'objectValues.objectId')
    .select('objectId')
    .where('objectValues.tenantId', '=', tenantId)
    .where('property', '=', 'identifierUris')
    .where('valueKey', '=', fold(uri))
    .where('objectId', '<>', id)
    .where('deletedDateTime', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
