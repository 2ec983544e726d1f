import type {Answer, Call} from '../api/call.ts'
import {type Attempt, toSignIn} from '../sign-in/attempt.ts'
import {addSignIn} from '../store/sign-ins.ts'
import {toFailureAnswer, unkept} from './answer-failure.ts'
import {authenticateClient} from './client/authenticate-client.ts'
import {readCredentials} from './client/read-credentials.ts'
import {requireClient} from './client/require-client.ts'
import {findLoginTenant} from './find-login-tenant.ts'
import {grantAuthorizationCode} from './grants/authorization-code.ts'
import {grantClientCredentials} from './grants/client-credentials.ts'
import {grantDeviceCode} from './grants/device-code.ts'
import {grantRefreshToken} from './grants/refresh-token.ts'
import {grantSamlBearer} from './grants/saml-bearer.ts'
import type {GrantType} from './grants/token-request.ts'
import {newOAuthAttempt} from './new-oauth-attempt.ts'
import {OAuthFailure} from './oauth-failure.ts'
import {readForm} from './read-fields.ts'

const grantTypes: Readonly<Record<string, GrantType>> = {
  authorization_code: grantAuthorizationCode,
  client_credentials: grantClientCredentials,
  refresh_token: grantRefreshToken,
  'urn:ietf:params:oauth:grant-type:device_code': grantDeviceCode,
  // As Microsoft's clients call it.
  device_code: grantDeviceCode,
  'urn:ietf:params:oauth:grant-type:saml1_1-bearer': grantSamlBearer,
  'urn:ietf:params:oauth:grant-type:saml2-bearer': grantSamlBearer,
}

/** POST /{tenant}/oauth2/v2.0/token (RFC 6749, 3.2): tokens, or why there are none, which is written down. */
export async function answerToken(call: Call): Promise<Answer> {
  const attempt = newOAuthAttempt(call)
  try {
    return {status: 200, headers: unkept, body: await grant(call, attempt)}
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    if (!isWaiting(error)) await call.services.store.change((db) => addSignIn(db, toSignIn(attempt, error)))
    return toFailureAnswer(call, error, attempt.correlationId)
  }
}

async function grant(call: Call, attempt: Attempt): Promise<object> {
  const fields = readForm(call.request)
  const tenant = await findLoginTenant(call)
  if (tenant !== undefined) attempt.tenantId = tenant.id
  const name = fields.get('grant_type')
  const run = Object.hasOwn(grantTypes, name) ? grantTypes[name] : undefined
  if (run === undefined)
    throw new OAuthFailure(
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${name.slice(0, 64)}'.`,
    )
  const credentials = readCredentials(call.request, fields)
  const client = await call.services.store.read((db) => requireClient(db, tenant?.id, credentials.clientId))
  const {appId, displayName} = client.servicePrincipal
  Object.assign(attempt, {appId, appDisplayName: displayName})
  const proof = await authenticateClient(call, client, credentials)
  return run({call, tenant, fields, client, proof, attempt})
}

/** A device that asks again and again has not failed. */
const isWaiting = ({error}: OAuthFailure): boolean => error === 'authorization_pending' || error === 'slow_down'
