import type {Answer, Call} from '../../api/call.ts'
import {type Attempt, toSignIn} from '../../sign-in/attempt.ts'
import {addCode} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {changeSignInRequest, removeSignInRequest} from '../../store/sign-in-requests.ts'
import {addSignIn} from '../../store/sign-ins.ts'
import {answerApplication, refuseApplication} from '../authorize/answer-application.ts'
import type {AuthorizationRequest} from '../authorize/read-authorization.ts'
import {requireClient} from '../client/require-client.ts'
import type {DeviceRequest} from '../device/device-request.ts'
import {type Authentication, newGrant} from '../grants/new-grant.ts'
import {hashOf, newSecret} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'
import {renderConfirmation} from './login-pages.ts'
import type {Wanted} from './pending-request.ts'
import {renderFailure} from './render-notice.ts'

/** What goes on when somebody has signed in; a state that has been used up is absent. */
export interface Continuing<For extends Wanted = Wanted> {
  readonly wanted: For
  readonly state?: string
  readonly attempt: Attempt
}

const codeMilliseconds = 10 * 60_000

/** Gives the application its code, or asks whether the device may have it; what comes of it is written down. */
export async function continueRequest(
  call: Call,
  continuing: Continuing,
  authentication: Authentication,
): Promise<Answer> {
  const {services} = call
  const {wanted, attempt} = continuing
  const {user} = authentication
  Object.assign(attempt, {userId: user.id, userPrincipalName: user.userPrincipalName, tenantId: user.tenantId})
  try {
    if (wanted.tenantId !== undefined && wanted.tenantId !== user.tenantId) throw foreign(user.userPrincipalName)
    return wanted.kind === 'authorize'
      ? await giveCode(call, {...continuing, wanted}, authentication)
      : await askForDevice(call, {...continuing, wanted}, authentication)
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    await services.store.change((db) => addSignIn(db, toSignIn(attempt, error)))
    return wanted.kind === 'authorize'
      ? refuseApplication(wanted.target, error)
      : renderFailure(error, attempt.correlationId)
  }
}

async function giveCode(
  call: Call,
  continuing: Continuing<AuthorizationRequest>,
  authentication: Authentication,
): Promise<Answer> {
  const {services} = call
  const {wanted, state, attempt} = continuing
  const code = newSecret(services)
  await services.store.change(async (db) => {
    if (state !== undefined && !(await removeSignInRequest(db, hashOf(state)))) throw used()
    const {user} = authentication
    const client = await requireApplication(db, continuing, user.tenantId)
    await requireConsent(db, {client, user}, readScopes(wanted.scope))
    const {scope, clientKind, codeChallenge = null, nonce = null} = wanted
    const grant = await newGrant(db, services, {client, authentication, scope, clientKind})
    await addCode(db, {
      codeHash: hashOf(code),
      grantId: grant.id,
      kind: 'authorization',
      isUsed: false,
      expiresDateTime: new Date(services.now().getTime() + codeMilliseconds).toISOString(),
      redirectUri: wanted.target.redirectUri,
      codeChallenge,
      nonce,
    })
    await addSignIn(db, toSignIn(attempt))
  })
  return answerApplication(wanted.target, {code})
}

async function askForDevice(
  call: Call,
  continuing: Continuing<DeviceRequest>,
  {user, time, methods}: Authentication,
): Promise<Answer> {
  const {wanted, state, attempt} = continuing
  if (state === undefined) throw used()
  const signedIn = {tenantId: user.tenantId, userId: user.id, time: time.toISOString(), methods}
  const now: DeviceRequest = {...wanted, signedIn}
  const client = await call.services.store.change(async (db) => {
    const found = await requireApplication(db, continuing, user.tenantId)
    await changeSignInRequest(db, hashOf(state), JSON.stringify(now))
    await addSignIn(db, toSignIn(attempt))
    return found
  })
  return renderConfirmation({state, wanted: now}, user.userPrincipalName, client.servicePrincipal.displayName)
}

async function requireApplication(db: Queries, {wanted, attempt}: Continuing, tenantId: string) {
  const client = await requireClient(db, tenantId, wanted.appId)
  const {appId, displayName} = client.servicePrincipal
  Object.assign(attempt, {appId, appDisplayName: displayName})
  return client
}

const used = (): OAuthFailure =>
  new OAuthFailure('invalid_request', 50089, 'Authentication failed: it was finished before.')

const foreign = (login: string): OAuthFailure =>
  new OAuthFailure(
    'invalid_grant',
    50020,
    `User account '${login}' does not exist in the tenant and cannot access the application in that tenant.`,
  )
