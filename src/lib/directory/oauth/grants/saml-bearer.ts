import {TokenRefusal} from '../../../saml/token-refusal.ts'
import {type AcceptedToken, acceptToken} from '../../sign-in/accept-token.ts'
import {toSignIn} from '../../sign-in/attempt.ts'
import type {Queries} from '../../store/schema.ts'
import {addSignIn} from '../../store/sign-ins.ts'
import {kindWithoutRedirect} from '../client/kind-without-redirect.ts'
import {requireClient} from '../client/require-client.ts'
import {malformedRequest, OAuthFailure} from '../oauth-failure.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'
import {answerUser, type Redeemed} from './answer-user.ts'
import {newGrant} from './new-grant.ts'
import {newRefreshToken} from './new-refresh-token.ts'
import type {TokenRequest} from './token-request.ts'

/**
 * The assertion of an identity provider that the tenant trusts (RFC 7522, 2.1; Microsoft's saml1_1-bearer), judged as /login.srf judges a
 * token and used up by it: buys access for the user it is about.
 */
export async function grantSamlBearer(request: TokenRequest): Promise<object> {
  const {call, fields, attempt} = request
  const token = readAssertion(fields.get('assertion'))
  try {
    const redeemed = await acceptToken(call.services, {token}, attempt, (db, accepted) => accept(db, request, accepted))
    return await answerUser(call, fields, redeemed)
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    throw new OAuthFailure('invalid_grant', error.aadsts, `The assertion is refused: ${error.reason}.`)
  }
}

async function accept(db: Queries, request: TokenRequest, {user, hasSecondFactor}: AcceptedToken): Promise<Redeemed> {
  const {tenant, fields, proof, attempt} = request
  const {services} = request.call
  if (tenant !== undefined && tenant.id !== user.tenantId)
    throw new OAuthFailure('invalid_grant', 50020, 'The user of the assertion does not exist in the tenant.')
  const client = await requireClient(db, user.tenantId, String(request.client.servicePrincipal.appId))
  const clientKind = kindWithoutRedirect(client, proof)
  const scope = fields.get('scope')
  const scopes = readScopes(scope)
  const consent = await requireConsent(db, {client, user}, scopes)
  const methods = ['fed', ...(hasSecondFactor ? ['mfa'] : [])]
  const authentication = {user, time: attempt.time, methods}
  const grant = await newGrant(db, services, {client, authentication, scope, clientKind})
  const refreshToken = scopes.offlineAccess ? await newRefreshToken(db, services, {grant}) : undefined
  await addSignIn(db, toSignIn(attempt))
  return {client, user, grant, scopes, consent, refreshToken}
}

function readAssertion(packed: string): string {
  const bytes = Buffer.from(packed, 'base64url')
  try {
    if (bytes.length > 0 && /^[\w-]+={0,2}$/.test(packed)) return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    // It is not UTF-8, so it is no XML that is read here.
  }
  throw malformedRequest('its assertion is not base64url')
}
