import {TokenRefusal} from '../../saml/token-refusal.ts'
import type {Answer, Call} from '../api/call.ts'
import {addSignIn} from '../store/sign-ins.ts'
import {acceptToken} from './accept-token.ts'
import {newAttempt, toSignIn} from './attempt.ts'
import {readSignInForm} from './read-sign-in-form.ts'
import {renderAccepted, renderRefused} from './render-sign-in.ts'

/** Answers a posted token with a session, or with the AADSTS number of the check that refused it; either is written down. */
export async function answerSignIn({request, services}: Call): Promise<Answer> {
  const attempt = newAttempt(services)
  try {
    const form = readSignInForm(request)
    const session = await acceptToken(services, form, attempt)
    return renderAccepted(request, attempt, {...session, context: form.context})
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    await services.store.change((db) => addSignIn(db, toSignIn(attempt, error)))
    return renderRefused(request, attempt, error)
  }
}
