import {toSignIn} from '../../sign-in/attempt.ts'
import {type Client, listAppRoles} from '../../store/clients.ts'
import type {Queries} from '../../store/schema.ts'
import {addSignIn} from '../../store/sign-ins.ts'
import {type Resource, requireResource} from '../find-resource.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {allGiven, readScopes} from '../read-scopes.ts'
import {issueApplicationToken} from '../tokens/access-token.ts'
import type {TokenRequest} from './token-request.ts'

/** An application by itself (RFC 6749, 4.4): a token with the roles it was given, whatever of them it needs. */
export async function grantClientCredentials({
  call,
  tenant,
  fields,
  client,
  proof,
  attempt,
}: TokenRequest): Promise<object> {
  const {store} = call.services
  if (tenant === undefined)
    throw new OAuthFailure(
      'invalid_request',
      50059,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    )
  if (proof === '0')
    throw new OAuthFailure(
      'invalid_client',
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    )
  const scope = fields.get('scope')
  const {resource: identifier, names, signIn} = readScopes(scope)
  if (names.length !== 1 || names[0] !== allGiven || signIn.length > 0)
    throw new OAuthFailure(
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope.slice(0, 256)} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    )
  const {resource, roles} = await store.read(async (db) => {
    const found = await requireResource(db, tenant.id, identifier)
    return {resource: found, roles: await rolesOf(db, client, found)}
  })
  const {token, expiresIn} = await issueApplicationToken(call, {client, resource}, {roles, proof})
  await store.change((db) => addSignIn(db, toSignIn(attempt)))
  return {token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token}
}

async function rolesOf(
  db: Queries,
  {servicePrincipal}: Client,
  {servicePrincipalId: resourceId, roles}: Resource,
): Promise<string[]> {
  const given = await listAppRoles(db, {principalId: servicePrincipal.id, resourceId})
  return given.flatMap((id) => roles.get(id) ?? []).toSorted()
}
