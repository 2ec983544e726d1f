import type {Answer, Call} from '../api/call.ts'
import {type AcceptedToken, acceptToken} from '../sign-in/accept-token.ts'
import type {Attempt} from '../sign-in/attempt.ts'
import {newSession, sessionCookie} from '../sign-in/new-session.ts'
import type {SignInForm} from '../sign-in/read-sign-in-form.ts'
import {OAuthFailure} from './oauth-failure.ts'
import {continueRequest} from './pages/continue-request.ts'
import {endCookie, requirePending} from './pages/pending-request.ts'
import {renderFailure} from './pages/render-notice.ts'

/**
 * Goes on with what somebody was signing in for, when an identity provider sends them back with a token and the state: only in the browser
 * that was sent there. Throws TokenRefusal, as acceptToken does.
 */
export async function answerFederated(
  call: Call,
  {form, state, attempt}: {readonly form: SignInForm; readonly state: string; readonly attempt: Attempt},
): Promise<Answer> {
  const {services} = call
  try {
    const {wanted} = await requirePending(call, state)
    const {samlRequestId: requestId} = wanted
    const presented = {...form, ...(requestId !== undefined && form.protocol === 'Samlp' && {requestId})}
    const {session, authentication} = await acceptToken(services, presented, attempt, async (db, accepted) => {
      const signedIn = toSignedIn(accepted, attempt)
      const methods = ['fed', ...(accepted.hasSecondFactor ? ['mfa'] : [])]
      const authentication = {user: accepted.user, time: attempt.time, methods}
      return {session: await newSession(db, services, signedIn), authentication}
    })
    const continued = await continueRequest(call, {wanted, state, attempt}, authentication)
    const ended = wanted.kind === 'authorize' ? [endCookie(state)] : []
    return {...continued, cookies: [sessionCookie(session.secret), ...ended]}
  } catch (error) {
    if (error instanceof OAuthFailure) return renderFailure(error, attempt.correlationId)
    throw error
  }
}

const toSignedIn = ({user, verified, hasSecondFactor}: AcceptedToken, {time}: Attempt) => ({
  user,
  time,
  authenticationMethod: verified.authenticationMethod ?? null,
  isMultiFactor: hasSecondFactor,
  isBegunHere: true,
})
