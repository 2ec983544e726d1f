import {TokenRefusal} from '../../saml/token-refusal.ts'
import type {Answer, Call, Services} from '../api/call.ts'
import {answerFederated} from '../oauth/answer-federated.ts'
import {isState} from '../oauth/pages/pending-request.ts'
import type {Queries} from '../store/schema.ts'
import {addSignIn} from '../store/sign-ins.ts'
import {type AcceptedToken, acceptToken} from './accept-token.ts'
import {type Attempt, newAttempt, toSignIn} from './attempt.ts'
import {newSession} from './new-session.ts'
import {readSignInForm, type SignInForm} from './read-sign-in-form.ts'
import {type Accepted, renderAccepted, renderRefused} from './render-sign-in.ts'

/** Answers a posted token with a session, or with the AADSTS number of the check that refused it; either is written down. */
export async function answerSignIn(call: Call): Promise<Answer> {
  const {request, services} = call
  const attempt = newAttempt(services)
  if (request.remoteAddress !== undefined) attempt.ipAddress = request.remoteAddress
  try {
    const form = readSignInForm(request)
    const {context: state} = form
    if (isState(state)) return await answerFederated(call, {form, state, attempt})
    const accepted = await acceptToken(services, form, attempt, (db, token) =>
      openSession(db, services, {form, attempt, token}),
    )
    return renderAccepted(request, attempt, accepted)
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    await services.store.change((db) => addSignIn(db, toSignIn(attempt, error)))
    return renderRefused(request, attempt, error)
  }
}

interface Opening {
  readonly form: SignInForm
  readonly attempt: Attempt
  readonly token: AcceptedToken
}

async function openSession(db: Queries, services: Services, {form, attempt, token}: Opening): Promise<Accepted> {
  const {user, verified, hasSecondFactor} = token
  const session = await newSession(db, services, {
    user,
    time: attempt.time,
    authenticationMethod: verified.authenticationMethod ?? null,
    isMultiFactor: hasSecondFactor,
    isBegunHere: false,
  })
  await addSignIn(db, toSignIn(attempt))
  const [warning] = verified.warnings
  return {session, warning, context: form.context}
}
