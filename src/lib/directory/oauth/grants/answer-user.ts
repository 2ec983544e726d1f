import type {Call} from '../../api/call.ts'
import type {Client} from '../../store/clients.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'
import type {StoredUser} from '../../store/users.ts'
import type {Fields} from '../read-fields.ts'
import type {Scopes} from '../read-scopes.ts'
import type {Consent} from '../require-consent.ts'
import {issueUserToken} from '../tokens/access-token.ts'
import {issueIdToken} from '../tokens/id-token.ts'

/** What a user and an administrator let an application have, ready to be made into tokens. */
export interface Redeemed {
  readonly client: Client
  readonly user: StoredUser
  readonly grant: StoredGrant
  readonly scopes: Scopes
  readonly consent: Consent
  readonly refreshToken?: string | undefined
  readonly nonce?: string | null
}

/** The tokens of a user (RFC 6749, 5.1; OpenID Connect core, 3.1.3.3). */
export async function answerUser(call: Call, fields: Fields, redeemed: Redeemed): Promise<object> {
  const {client, user, grant, scopes, consent, refreshToken, nonce = null} = redeemed
  const {token, expiresIn} = await issueUserToken(
    call,
    {client, resource: consent.resource},
    {user, grant, scopes: consent.scopes},
  )
  return {
    token_type: 'Bearer',
    scope: toAnswered(scopes, consent),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: token,
    ...(refreshToken !== undefined && {refresh_token: refreshToken}),
    ...(scopes.openid && {id_token: await issueIdToken(call, {client, user, grant}, {signIn: scopes.signIn, nonce})}),
    ...(fields.find('client_info') === '1' && {client_info: clientInfo(user)}),
  }
}

/** The scopes as they were asked for and, when that was .default, what it stood for. */
const toAnswered = ({resource, names, written, signIn}: Scopes, consent: Consent): string => {
  const own = consent.scopes.filter((scope) => signIn.includes(scope))
  const others = consent.scopes.filter((scope) => !signIn.includes(scope) && !names.includes(scope))
  return [...own, ...written, ...others.map((name) => `${resource}/${name}`)].join(' ')
}

/** Under which ids a client keeps the account. */
const clientInfo = ({id: uid, tenantId: utid}: StoredUser): string =>
  Buffer.from(JSON.stringify({uid, utid})).toString('base64url')
