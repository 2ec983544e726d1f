import type {Transport} from '../http/transport.ts'
import {type ApplicationsClient, applicationsClient} from './applications.ts'
import {type DomainsClient, domainsClient} from './domains.ts'
import {type FederationSettingsClient, federationSettingsClient} from './federation-settings.ts'
import {openGraphApi} from './graph-api.ts'
import {type GraphPermissionsClient, graphPermissionsClient} from './graph-permissions.ts'
import {type OrganizationClient, organizationClient} from './organization.ts'
import {type RolesClient, rolesClient} from './roles.ts'
import {type TokenValidationPolicyClient, tokenValidationPolicyClient} from './token-validation-policy.ts'
import {type UsersClient, usersClient} from './users.ts'

/** Microsoft Graph, or what answers like it, in administrators' words: one client per resource. */
export interface GraphClient {
  readonly applications: ApplicationsClient
  readonly domains: DomainsClient
  readonly federationSettings: FederationSettingsClient
  readonly graphPermissions: GraphPermissionsClient
  readonly organization: OrganizationClient
  readonly roles: RolesClient
  readonly tokenValidationPolicy: TokenValidationPolicyClient
  readonly users: UsersClient
}

/** Opens the client of one tenant. `transport` authorizes; `baseUrl` ends with the version, as in https://graph.microsoft.com/v1.0. */
export function openGraph(transport: Transport, baseUrl: string): GraphClient {
  const api = openGraphApi(transport, baseUrl)
  return {
    applications: applicationsClient(api),
    domains: domainsClient(api),
    federationSettings: federationSettingsClient(api),
    graphPermissions: graphPermissionsClient(api),
    organization: organizationClient(api),
    roles: rolesClient(api, baseUrl),
    tokenValidationPolicy: tokenValidationPolicyClient(api),
    users: usersClient(api),
  }
}
