import type {Call} from '../../api/call.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'
import {requireClient} from '../client/require-client.ts'
import {findLoginTenant} from '../find-login-tenant.ts'
import {malformedRequest, OAuthFailure} from '../oauth-failure.ts'
import type {Fields} from '../read-fields.ts'
import {readScopes} from '../read-scopes.ts'
import {findClientKind} from './redirect-uris.ts'

/** Where an application is answered, which is known to be one of its addresses. */
export interface ReplyTarget {
  readonly redirectUri: string
  readonly responseMode: 'query' | 'fragment' | 'form_post'
  /** As the application sent it. */
  readonly state?: string
}

/** What an application asks the browser for. */
export interface AuthorizationRequest {
  readonly kind: 'authorize'
  /** Absent where the user decides. */
  readonly tenantId?: string
  readonly appId: string
  readonly clientKind: StoredGrant['clientKind']
  readonly target: ReplyTarget
  readonly scope: string
  readonly codeChallenge?: string
  readonly nonce?: string
  /** The id of what was asked of an identity provider by SAML. */
  readonly samlRequestId?: string
}

/** Who asks, and where the answer goes: as long as that is not known, nobody is sent anywhere. Throws OAuthFailure. */
export async function readTarget(
  call: Call,
  fields: Fields,
): Promise<Pick<AuthorizationRequest, 'tenantId' | 'appId' | 'clientKind' | 'target'>> {
  const tenant = await findLoginTenant(call)
  const clientId = fields.get('client_id')
  const redirectUri = fields.get('redirect_uri')
  const client = await call.services.store.read((db) => requireClient(db, tenant?.id, clientId))
  const clientKind = findClientKind(client, redirectUri)
  const appId = String(client.servicePrincipal.appId)
  if (clientKind === undefined)
    throw new OAuthFailure(
      'invalid_request',
      50011,
      `The redirect URI '${redirectUri.slice(0, 256)}' specified in the request does not match the redirect URIs configured for the application '${appId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
    )
  const responseMode = readResponseMode(fields.find('response_mode') ?? 'query')
  const state = fields.find('state')
  const target = {redirectUri, responseMode, ...(state !== undefined && {state})}
  return {appId, clientKind, target, ...(tenant !== undefined && {tenantId: tenant.id})}
}

function readResponseMode(mode: string): ReplyTarget['responseMode'] {
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode
  throw new OAuthFailure('invalid_request', 70007, `'${mode.slice(0, 32)}' is not a supported response_mode.`)
}

/** What is asked for (RFC 6749, 4.1.1; RFC 7636, 4.3; OpenID Connect core, 3.1.2.1). Throws OAuthFailure, which the application is told. */
export function readWanted(
  fields: Fields,
  clientKind: StoredGrant['clientKind'],
): Pick<AuthorizationRequest, 'scope' | 'codeChallenge' | 'nonce'> {
  const responseType = fields.get('response_type')
  if (responseType !== 'code')
    throw new OAuthFailure(
      'unsupported_response_type',
      70005,
      `The response type '${responseType.slice(0, 64)}' is not supported, only 'code'.`,
    )
  const scope = fields.get('scope')
  readScopes(scope)
  const codeChallenge = readChallenge(fields)
  if (codeChallenge === undefined && clientKind !== 'confidential')
    throw new OAuthFailure(
      'invalid_request',
      9002325,
      'Proof Key for Code Exchange is required for clients that cannot keep a secret.',
    )
  const nonce = fields.find('nonce')
  return {scope, ...(codeChallenge !== undefined && {codeChallenge}), ...(nonce !== undefined && {nonce})}
}

/** Only a challenge that does not tell the verifier is one. */
function readChallenge(fields: Fields): string | undefined {
  const [challenge, method] = [fields.find('code_challenge'), fields.find('code_challenge_method')]
  if (challenge === undefined && method === undefined) return undefined
  if (challenge === undefined || method !== 'S256') throw malformedRequest('its code_challenge_method is not S256')
  if (!/^[\w-]{43}$/.test(challenge))
    throw new OAuthFailure('invalid_request', 501491, 'Invalid size of Code_Challenge parameter.')
  return challenge
}
