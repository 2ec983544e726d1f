import {createHash} from 'node:crypto'
import type {Call} from '../../api/call.ts'
import type {Client} from '../../store/clients.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'
import type {StoredUser} from '../../store/users.ts'
import {issuerOf} from './issuer.ts'
import {signToken} from './sign-token.ts'
import {timesOf} from './token-times.ts'

/** Who has signed in, for the application alone (OpenID Connect core, 2); what it says of the user follows from the scopes (5.4). */
export function issueIdToken(
  {services, url}: Call,
  {client, user, grant}: {readonly client: Client; readonly user: StoredUser; readonly grant: StoredGrant},
  {signIn, nonce}: {readonly signIn: readonly string[]; readonly nonce: string | null},
): Promise<string> {
  const {appId} = client.servicePrincipal
  return signToken(services, {
    aud: appId,
    iss: issuerOf(url.origin, user.tenantId),
    ...timesOf(services.now(), 3600),
    auth_time: Math.floor(Date.parse(grant.authenticatedDateTime) / 1000),
    amr: grant.authenticationMethods.split(' '),
    ...(nonce !== null && {nonce}),
    ...(signIn.includes('profile') && {
      name: user.displayName,
      oid: user.id,
      preferred_username: user.userPrincipalName,
    }),
    ...(signIn.includes('email') && user.mail !== null && {email: user.mail}),
    // One that no other application has (OpenID Connect core, 8.1).
    sub: createHash('sha256').update(`${user.id} ${appId}`).digest('base64url'),
    tid: user.tenantId,
    uti: Buffer.from(services.randomBytes(16)).toString('base64url'),
    ver: '2.0',
  })
}
