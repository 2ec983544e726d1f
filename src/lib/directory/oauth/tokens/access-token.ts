import type {Call} from '../../api/call.ts'
import type {Client} from '../../store/clients.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'
import {listRolesOf} from '../../store/roles.ts'
import type {StoredUser} from '../../store/users.ts'
import type {Resource} from '../find-resource.ts'
import {issuerOf} from './issuer.ts'
import {signToken} from './sign-token.ts'
import {newTokenTimes, secondsLeft} from './token-times.ts'

/** An access token, and for how many seconds it can be used. */
export interface AccessToken {
  readonly token: string
  readonly expiresIn: number
}

/** What an access token is for. */
interface Access {
  readonly client: Client
  readonly resource: Resource
}

/** How the client has proved itself, as azpacr says it: not at all, by a secret, by a certificate. */
export type ClientProof = '0' | '1' | '2'

/** A token for an application by itself, with the roles it was given at the resource. */
export function issueApplicationToken(
  call: Call,
  access: Access,
  {roles, proof}: {readonly roles: readonly string[]; readonly proof: ClientProof},
): Promise<AccessToken> {
  const {id: oid} = access.client.servicePrincipal
  const claims = {idtyp: 'app', oid, sub: oid, azpacr: proof, ...(roles.length > 0 && {roles})}
  return issue(call, access, claims)
}

/** A token for an application that a user uses, with the scopes that were given to it. */
export async function issueUserToken(
  call: Call,
  access: Access,
  {user, grant, scopes}: {readonly user: StoredUser; readonly grant: StoredGrant; readonly scopes: readonly string[]},
): Promise<AccessToken> {
  const held = await call.services.store.read((db) => listRolesOf(db, user.id))
  return issue(call, access, {
    idtyp: 'user',
    oid: user.id,
    sub: user.id,
    sid: grant.id,
    scp: scopes.join(' '),
    amr: grant.authenticationMethods.split(' '),
    auth_time: Math.floor(Date.parse(grant.authenticatedDateTime) / 1000),
    name: user.displayName,
    upn: user.userPrincipalName,
    unique_name: user.userPrincipalName,
    preferred_username: user.userPrincipalName,
    wids: held.map(({roleTemplateId}) => roleTemplateId),
  })
}

async function issue({services, url}: Call, {client, resource}: Access, claims: object): Promise<AccessToken> {
  const {appId, displayName, tenantId} = client.servicePrincipal
  const times = newTokenTimes(services)
  const token = await signToken(services, {
    aud: resource.audience,
    iss: issuerOf(url.origin, tenantId),
    ...times,
    app_displayname: displayName,
    appid: appId,
    azp: appId,
    tid: tenantId,
    ...claims,
    uti: Buffer.from(services.randomBytes(16)).toString('base64url'),
    ver: '2.0',
  })
  return {token, expiresIn: secondsLeft(times, services.now())}
}
