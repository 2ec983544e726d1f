import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'
import {graphAppId, graphServicePrincipalId} from '../../rules/graph-permissions.ts'
import {fold} from '../fold.ts'

interface Tables {
  tenants: {id: string; createdDateTime: string}
  servicePrincipals: Record<string, string | number>
  objectValues: Record<string, string>
}

const displayName = 'Microsoft Graph'
const names = [graphAppId, 'https://graph.microsoft.com']

/** The service principal of Microsoft Graph, for the tenants that were made without one. */
export const microsoftGraph: Migration = {
  async up(any: Kysely<unknown>) {
    const db = any as Kysely<Tables>
    for (const {id: tenantId, createdDateTime} of await db.selectFrom('tenants').selectAll().execute()) {
      const id = graphServicePrincipalId(tenantId)
      const texts = {displayName, displayNameKey: fold(displayName), appDisplayName: displayName, appId: graphAppId}
      const rest = {
        appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
        accountEnabled: 1,
        appRoleAssignmentRequired: 0,
        servicePrincipalNames: JSON.stringify(names),
        servicePrincipalType: 'Application',
        signInAudience: 'AzureADMultipleOrgs',
      }
      const row = {id, tenantId, createdDateTime, ...texts, ...rest}
      await db.insertInto('servicePrincipals').values(row).execute()
      const value = {tenantId, objectId: id, property: 'servicePrincipalNames'}
      const values = names.map((name) => ({...value, valueKey: fold(name)}))
      await db.insertInto('objectValues').values(values).execute()
    }
  },
}
