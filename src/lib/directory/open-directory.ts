import type {HttpRequest} from '../model/http-message.ts'
import type {StoreLocation} from '../model/store-location.ts'
import {assignmentRoutes} from './api/app-role-assignments.ts'
import {ownerRoutes} from './api/application-owners.ts'
import {applicationRoutes} from './api/applications.ts'
import {auditLogRoutes} from './api/audit-logs.ts'
import {openTickets, type ReadAccessToken} from './api/authorize.ts'
import type {Services, TenantRoute} from './api/call.ts'
import {credentialRoutes} from './api/credential-routes.ts'
import {deletedItemRoutes} from './api/deleted-items.ts'
import {deletedUserRoutes} from './api/deleted-users.ts'
import {deviceRoutes} from './api/devices.ts'
import {directoryObjectRoutes} from './api/directory-objects.ts'
import {roleRoutes} from './api/directory-roles.ts'
import {dispatcher, type RoutedResponse} from './api/dispatch.ts'
import {domainActionRoutes} from './api/domain-actions.ts'
import {verificationRoutes} from './api/domain-verification.ts'
import {domainRoutes} from './api/domains.ts'
import {federationRoutes} from './api/federation-configuration.ts'
import {groupRoutes} from './api/groups.ts'
import {organizationRoutes} from './api/organization.ts'
import {grantRoutes} from './api/permission-grants.ts'
import {reportingRoutes} from './api/reporting-lines.ts'
import {passwordRoutes} from './api/reset-password.ts'
import {revocationRoutes} from './api/revoke-sessions.ts'
import {servicePrincipalRoutes} from './api/service-principals.ts'
import {sessionRoutes} from './api/sessions.ts'
import {synchronizationRoutes} from './api/synchronization.ts'
import {tenantRoutes} from './api/tenants.ts'
import {openThrottle} from './api/throttle.ts'
import {tokenRulesRoutes} from './api/token-rules.ts'
import {tokenValidationPolicyRoutes} from './api/token-validation-policy.ts'
import {userRelationRoutes} from './api/user-relations.ts'
import {userRoutes} from './api/users.ts'
import {oauthRoutes} from './oauth/oauth-routes.ts'
import {signingKeyRoutes} from './oauth/signing-key-routes.ts'
import {signInRoutes} from './sign-in/sign-in-routes.ts'
import {openStore} from './store/open-store.ts'

/** What the directory needs of the world. */
export interface DirectoryOptions {
  /** A SQLite file, which is made with its folder when it is not there, for its owner alone, or a database of a PostgreSQL server. */
  readonly store: StoreLocation
  /** The numeric id of the user this process runs as, to whom a file must belong; undefined on Windows. */
  readonly uid: number | undefined
  readonly now: () => Date
  /** GUIDs, lower case. */
  readonly newId: () => string
  /** For passwords, salts, tickets and the numbers that prove domains. */
  readonly randomBytes: (size: number) => Uint8Array
  /** As node:dns/promises gives TXT records: rejects with a `code` such as ENOTFOUND. */
  readonly resolveTxt: (name: string) => Promise<string[][]>
  /**
   * The whole addresses of /login.srf under names of the directory's own: Recipient and Destination of a token may be these as well as
   * the cloud's. What a request says of its host never counts.
   */
  readonly replyAddresses?: readonly string[]
  /** Who asks for too much of this process is refused as the service refuses, with its times divided by `scale`; absent: never. */
  readonly throttle?: {readonly scale: number}
}

/** The embedded directory: several tenants in one store, asked over HTTP in plain shapes as Microsoft Graph is. */
export interface OpenDirectory {
  /** Answers a request by the path of its URL, whatever the host. Rejects as Store does when the store fails. */
  readonly fetch: (request: HttpRequest) => Promise<RoutedResponse>
  /** A bearer ticket of the owner of the store, for one tenant (and acting as one of its accounts) or, without tenant, for /fedctl/v1/tenants only. */
  ticketFor(caller: {tenantId?: string; accountId?: string}): string
  /** Rejects as `fetch` does when the store does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

/** The routes of Graph, without the version that goes before their paths; the first that fits answers. */
export const graphRoutes: readonly TenantRoute[] = [
  ...organizationRoutes,
  ...domainRoutes,
  ...verificationRoutes,
  ...domainActionRoutes,
  ...synchronizationRoutes,
  ...revocationRoutes,
  ...federationRoutes,
  ...tokenValidationPolicyRoutes,
  ...userRoutes,
  ...passwordRoutes,
  ...roleRoutes,
  ...userRelationRoutes,
  ...reportingRoutes,
  ...deletedUserRoutes,
  ...deletedItemRoutes,
  ...directoryObjectRoutes,
  ...groupRoutes,
  ...deviceRoutes,
  ...applicationRoutes,
  ...servicePrincipalRoutes,
  ...credentialRoutes,
  ...ownerRoutes,
  ...assignmentRoutes,
  ...grantRoutes,
  ...auditLogRoutes,
]

const routes = {
  open: [...signInRoutes, ...oauthRoutes],
  store: [...tenantRoutes, ...signingKeyRoutes],
  tenant: [...tokenRulesRoutes, ...sessionRoutes],
  graph: graphRoutes,
}

/** A ticket has no dots; jose is loaded with the first token that has. */
const readAccessToken: ReadAccessToken = async (call, token) =>
  token.split('.').length === 3
    ? (await import('./oauth/read-access-token.ts')).readAccessToken(call, token)
    : undefined

/** Opens the directory in a store. Throws as openStore does, naming the store. */
export async function openDirectory({
  store: location,
  uid,
  replyAddresses = [],
  throttle,
  ...options
}: DirectoryOptions): Promise<OpenDirectory> {
  const store = await openStore(location, uid)
  const services: Services = {store, replyAddresses, ...options}
  const tickets = openTickets(options.randomBytes)
  const gate = throttle === undefined ? {tickets} : {tickets, throttle: openThrottle(throttle)}
  return {
    fetch: dispatcher(routes, services, {...gate, readAccessToken}),
    ticketFor: (caller) => tickets.issue(caller),
    check: async () => {
      await store.read((db) => db.selectFrom('tenants').select('id').limit(1).execute())
    },
    close: () => store.close(),
  }
}
