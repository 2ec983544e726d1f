import {type Client, listAppRoles, listGrantedScopes} from '../store/clients.ts'
import {listGroupsOf} from '../store/groups-of.ts'
import type {Queries} from '../store/schema.ts'
import type {StoredUser} from '../store/users.ts'
import {type Resource, requireResource} from './find-resource.ts'
import {OAuthFailure} from './oauth-failure.ts'
import {allGiven, type Scopes} from './read-scopes.ts'

/** What an application may do for a user: at which resource, and by which scopes. */
export interface Consent {
  readonly resource: Resource
  /** Those that the token names. */
  readonly scopes: readonly string[]
}

/**
 * The scopes that were asked for, all of which an administrator has given to the application, for this user or for everybody. Users give
 * none themselves. Throws OAuthFailure.
 */
export async function requireConsent(
  db: Queries,
  {client, user}: {readonly client: Client; readonly user: StoredUser},
  {resource: identifier, names, signIn}: Scopes,
): Promise<Consent> {
  const {servicePrincipal} = client
  if (servicePrincipal.appRoleAssignmentRequired === 1) await requireAssignment(db, servicePrincipal, user)
  const resource = await requireResource(db, user.tenantId, identifier)
  const own = signIn.filter((scope) => scope !== 'offline_access')
  if (names.length === 0) return {resource, scopes: own}
  const given = await listGrantedScopes(db, {
    clientId: servicePrincipal.id,
    resourceId: resource.servicePrincipalId,
    userId: user.id,
  })
  const wanted = names[0] === allGiven ? given : names
  if (wanted.length === 0 || !wanted.every((name) => given.includes(name))) throw notConsented(servicePrincipal)
  return {resource, scopes: [...new Set([...wanted, ...own])]}
}

const notConsented = ({appId, displayName}: Client['servicePrincipal']): OAuthFailure =>
  new OAuthFailure(
    'invalid_grant',
    65001,
    `The user or administrator has not consented to use the application with ID '${appId}' named '${displayName}'. Send an interactive authorization request for this user and resource.`,
    'consent_required',
  )

/** The user, or a group that the user is a member of, was given a role of the application. Throws OAuthFailure. */
async function requireAssignment(db: Queries, {id, appId, displayName}: Client['servicePrincipal'], user: StoredUser) {
  for (const principalId of [user.id, ...(await listGroupsOf(db, user.id))])
    if ((await listAppRoles(db, {principalId, resourceId: id})).length > 0) return
  throw new OAuthFailure(
    'invalid_grant',
    50105,
    `Your administrator has configured the application ${displayName} ('${appId}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.`,
  )
}
