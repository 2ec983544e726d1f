import type {Answer, Call} from '../../api/call.ts'
import {changeDeviceCode, findDeviceCode} from '../../store/device-codes.ts'
import type {Queries} from '../../store/schema.ts'
import {removeSignInRequest} from '../../store/sign-in-requests.ts'
import {requireClient} from '../client/require-client.ts'
import {newGrant} from '../grants/new-grant.ts'
import {requireGrantUser} from '../grants/require-grant-user.ts'
import {hashOf} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {endCookie, type PendingRequest} from '../pages/pending-request.ts'
import {renderNotice} from '../pages/render-notice.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'

/** Lets the device have what it asked for, or not. Throws OAuthFailure. */
export async function answerDecision(call: Call, pending: PendingRequest, isConfirmed: boolean): Promise<Answer> {
  const {store} = call.services
  await store.change(async (db) => {
    if (!(await removeSignInRequest(db, hashOf(pending.state)))) throw gone()
    await decide(db, call, pending, isConfirmed)
  })
  const notice = isConfirmed
    ? renderNotice('You have signed in on your device', 'You may now close this window.')
    : renderNotice('You have not signed in', 'The device was told so. You may now close this window.')
  return {...notice, cookies: [endCookie(pending.state)]}
}

async function decide(db: Queries, {services}: Call, {wanted}: PendingRequest, isConfirmed: boolean): Promise<void> {
  const {deviceCodeHash = '', signedIn} = wanted.kind === 'device' ? wanted : {}
  const code = await findDeviceCode(db, 'deviceCodeHash', deviceCodeHash)
  if (code === undefined || signedIn === undefined || code.state !== 'pending') throw gone()
  if (new Date(code.expiresDateTime) <= services.now()) throw gone()
  if (!isConfirmed) {
    await changeDeviceCode(db, code.deviceCodeHash, {state: 'declined'})
    return
  }
  const {tenantId, userId, time, methods} = signedIn
  const client = await requireClient(db, tenantId, code.appId)
  const {scope} = code
  const clientKind = client.application.isFallbackPublicClient === 1 ? 'public' : 'confidential'
  const by = {tenantId, userId, appId: code.appId, authenticatedDateTime: time}
  const {user} = await requireGrantUser(db, by)
  await requireConsent(db, {client, user}, readScopes(scope))
  const authentication = {user, time: new Date(time), methods}
  const grant = await newGrant(db, services, {client, authentication, scope, clientKind})
  await changeDeviceCode(db, code.deviceCodeHash, {state: 'approved', grantId: grant.id})
}

const gone = (): OAuthFailure =>
  new OAuthFailure('expired_token', 70019, 'Verification code expired. Begin again on your device.')
