import type {Answer, Call} from '../../api/call.ts'
import {type Attempt, toSignIn} from '../../sign-in/attempt.ts'
import {newSession, sessionCookie} from '../../sign-in/new-session.ts'
import {addSignIn} from '../../store/sign-ins.ts'
import {describe} from '../answer-failure.ts'
import {answerDecision} from '../device/answer-decision.ts'
import type {Authentication} from '../grants/new-grant.ts'
import {newOAuthAttempt} from '../new-oauth-attempt.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {type Fields, readForm} from '../read-fields.ts'
import {changeOwnPassword} from './change-own-password.ts'
import {checkUserPassword, type PasswordUser, requireUnchanged} from './check-user-password.ts'
import {continueRequest} from './continue-request.ts'
import {findRealm} from './find-realm.ts'
import {renderName, renderNewPassword, renderPassword} from './login-pages.ts'
import {endCookie, type PendingRequest, requirePending} from './pending-request.ts'
import {renderFailure, renderLink} from './render-notice.ts'
import {toIdentityProvider} from './to-identity-provider.ts'

/** POST /{tenant}/login: what was filled in at one of our pages. */
export async function answerLogin(call: Call): Promise<Answer> {
  try {
    const fields = readForm(call.request)
    const pending = await requirePending(call, fields.find('state') ?? '')
    return await answer(call, fields, pending)
  } catch (error) {
    if (error instanceof OAuthFailure) return renderFailure(error, call.correlationId)
    throw error
  }
}

async function answer(call: Call, fields: Fields, pending: PendingRequest): Promise<Answer> {
  if (pending.wanted.kind === 'device' && pending.wanted.signedIn !== undefined)
    return answerDecision(call, pending, fields.find('confirm') !== undefined)
  const login = fields.find('login')?.trim()
  if (login === undefined || !/^[^@\s]+@[^@\s]+$/.test(login) || login.length > 256)
    return renderName(pending, 'Enter a user name, as in ada@contoso.com.')
  const trust = await findRealm(call, login)
  if (trust !== undefined)
    return renderLink('Taking you to your organization', await toIdentityProvider(call, {pending, login, trust}))
  const password = fields.find('passwd')
  if (password === undefined) return renderPassword(pending, login)
  const attempt = {...newOAuthAttempt(call), appId: pending.wanted.appId}
  try {
    return await signIn(call, {fields, pending, attempt}, {login, password})
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    await call.services.store.change((db) => addSignIn(db, toSignIn(attempt, error)))
    return renderPassword(pending, login, describe(error))
  }
}

interface Trying {
  readonly fields: Fields
  readonly pending: PendingRequest
  readonly attempt: Attempt
}

async function signIn(
  call: Call,
  {fields, pending, attempt}: Trying,
  {login, password}: {readonly login: string; readonly password: string},
): Promise<Answer> {
  const {services} = call
  const checked = await checkUserPassword(services, {login, password}, attempt)
  const {user, mustChange} = checked
  if (mustChange) {
    const wanted = fields.find('newpasswd')
    const again = fields.find('confirmpasswd')
    const appId = attempt.appId ?? ''
    const problem =
      wanted === undefined ? undefined : await changeOwnPassword(call, checked, {password, wanted, again, appId})
    if (wanted === undefined || problem !== undefined) {
      const expired = new OAuthFailure('invalid_grant', 50055, 'The password is expired.')
      await services.store.change((db) => addSignIn(db, toSignIn(attempt, expired)))
      return renderNewPassword(pending, login, problem)
    }
  }
  const time = services.now()
  const unchanged = mustChange ? undefined : checked
  return finishSignIn(call, {pending, attempt, unchanged}, {user, time, methods: ['pwd']})
}

/** Signs somebody in here, and goes on with what that was for. */
async function finishSignIn(
  call: Call,
  {
    pending: {state, wanted},
    attempt,
    unchanged,
  }: Pick<Trying, 'pending' | 'attempt'> & {readonly unchanged: PasswordUser | undefined},
  authentication: Authentication,
): Promise<Answer> {
  const {services} = call
  const {user, time} = authentication
  const session = await services.store.change(async (db) => {
    if (unchanged !== undefined) await requireUnchanged(db, unchanged)
    return newSession(db, services, {user, time, authenticationMethod: 'pwd', isMultiFactor: false, isBegunHere: true})
  })
  const continued = await continueRequest(call, {wanted, state, attempt}, authentication)
  const ended = wanted.kind === 'authorize' ? [endCookie(state)] : []
  return {...continued, cookies: [sessionCookie(session.secret), ...ended]}
}
