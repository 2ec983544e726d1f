import {type Client, findPrincipalOf, findRegistration} from '../../store/clients.ts'
import type {Queries} from '../../store/schema.ts'
import {OAuthFailure} from '../oauth-failure.ts'

const isForMany = ['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount']

/**
 * The application that asks, as a tenant uses it; without a tenant, as its own tenant does, when it is meant for users of any. Throws
 * OAuthFailure.
 */
export async function requireClient(db: Queries, tenantId: string | undefined, clientId: string): Promise<Client> {
  const appId = clientId.toLowerCase()
  const application = await findRegistration(db, appId)
  const isForOne = !isForMany.includes(application?.signInAudience ?? '')
  if (application === undefined || (isForOne && tenantId !== undefined && application.tenantId !== tenantId))
    throw new OAuthFailure(
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId.slice(0, 64)}' was not found in the directory '${tenantId ?? 'common'}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    )
  if (isForOne && tenantId === undefined)
    throw new OAuthFailure(
      'invalid_request',
      50194,
      `Application '${appId}'(${application.displayName}) is not configured as a multi-tenant application. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    )
  const at = tenantId ?? application.tenantId
  const servicePrincipal = await findPrincipalOf(db, at, appId)
  if (servicePrincipal === undefined)
    throw new OAuthFailure(
      'invalid_client',
      7000229,
      `The client application ${appId} is missing service principal in the tenant ${at}.`,
    )
  if (servicePrincipal.accountEnabled === 0)
    throw new OAuthFailure(
      'unauthorized_client',
      7000112,
      `Application '${appId}'(${servicePrincipal.displayName}) is disabled.`,
    )
  return {application, servicePrincipal}
}
