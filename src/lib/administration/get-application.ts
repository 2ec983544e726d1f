import type {GraphClient} from '../graph/graph-client.ts'
import type {Application} from '../model/application.ts'

/** An application with what it may do at Microsoft Graph. Throws NotFound. */
export async function getApplication(
  {applications, graphPermissions}: GraphClient,
  identity: string,
): Promise<Application> {
  const application = await applications.get(identity)
  const {servicePrincipalId} = application
  if (servicePrincipalId === undefined) return application
  return {
    ...application,
    permissions: await graphPermissions.roles(servicePrincipalId),
    delegatedPermissions: await graphPermissions.scopes(servicePrincipalId),
  }
}
