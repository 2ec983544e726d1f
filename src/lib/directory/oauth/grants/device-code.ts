import {changeDeviceCode, findDeviceCode, removeDeviceCode, type StoredDeviceCode} from '../../store/device-codes.ts'
import {findGrant} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {kindWithoutRedirect} from '../client/kind-without-redirect.ts'
import {intervalSeconds} from '../device/answer-device-code.ts'
import {hashOf} from '../new-secret.ts'
import {type OAuthError, OAuthFailure} from '../oauth-failure.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'
import {answerUser, type Redeemed} from './answer-user.ts'
import {newRefreshToken} from './new-refresh-token.ts'
import {redeem} from './redeem.ts'
import {requireGrantUser} from './require-grant-user.ts'
import type {TokenRequest} from './token-request.ts'

/** What a clock and a network may take off the time between two questions. */
const slackMilliseconds = 1000

/** A device asks whether its user has signed in (RFC 8628, 3.4 and 3.5): until then it waits. */
export async function grantDeviceCode(request: TokenRequest): Promise<object> {
  const {call, fields, client, proof} = request
  kindWithoutRedirect(client, proof)
  const deviceCodeHash = hashOf(fields.get('device_code'))
  const redeemed = await redeem(request, async (db) => {
    const code = await findDeviceCode(db, 'deviceCodeHash', deviceCodeHash)
    return code === undefined ? unknown() : answerDevice(db, request, code)
  })
  return answerUser(call, fields, redeemed)
}

async function answerDevice(
  db: Queries,
  request: TokenRequest,
  code: StoredDeviceCode,
): Promise<Redeemed | OAuthFailure> {
  const {call, client, tenant} = request
  const now = call.services.now()
  if (code.appId !== client.servicePrincipal.appId || code.tenantId !== (tenant?.id ?? null)) return unknown()
  if (new Date(code.expiresDateTime) <= now)
    return failure(
      'expired_token',
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    )
  if (code.state === 'declined') {
    await removeDeviceCode(db, code.deviceCodeHash)
    return failure('authorization_declined', 65004, 'User declined to consent to access the app.')
  }
  if (code.state === 'approved') return takeUp(db, request, code)
  await changeDeviceCode(db, code.deviceCodeHash, {lastPollDateTime: now.toISOString()})
  const last = Date.parse(code.lastPollDateTime ?? '1970-01-01')
  return now.getTime() - last < intervalSeconds * 1000 - slackMilliseconds
    ? failure('slow_down', 70016, 'OAuth 2.0 device flow error. Authorization is pending. Poll less often.')
    : failure(
        'authorization_pending',
        70016,
        'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
      )
}

async function takeUp(db: Queries, {call, attempt}: TokenRequest, code: StoredDeviceCode): Promise<Redeemed> {
  const grant = await findGrant(db, code.grantId ?? '')
  if (grant === undefined) throw unknown()
  const {client, user} = await requireGrantUser(db, grant)
  Object.assign(attempt, {userId: user.id, userPrincipalName: user.userPrincipalName, tenantId: user.tenantId})
  const scopes = readScopes(grant.scope)
  const consent = await requireConsent(db, {client, user}, scopes)
  await removeDeviceCode(db, code.deviceCodeHash)
  const refreshToken = scopes.offlineAccess ? await newRefreshToken(db, call.services, {grant}) : undefined
  return {client, user, grant, scopes, consent, refreshToken}
}

const failure = (error: OAuthError, aadsts: number, message: string): OAuthFailure =>
  new OAuthFailure(error, aadsts, message)

const unknown = (): OAuthFailure =>
  failure('bad_verification_code', 70018, 'Invalid verification code: the device code is not known, or was used.')
