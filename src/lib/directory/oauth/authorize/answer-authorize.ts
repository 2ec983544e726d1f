import type {Answer, Call} from '../../api/call.ts'
import {newOAuthAttempt} from '../new-oauth-attempt.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {continueRequest} from '../pages/continue-request.ts'
import {findAuthentication} from '../pages/find-authentication.ts'
import {renderFailure} from '../pages/render-notice.ts'
import {startSignIn} from '../pages/start-sign-in.ts'
import {type Fields, toFields} from '../read-fields.ts'
import {refuseApplication} from './answer-application.ts'
import {type AuthorizationRequest, readTarget, readWanted} from './read-authorization.ts'

/** GET /{tenant}/oauth2/v2.0/authorize: sends who is signed in back with a code, shows everybody else where to sign in. */
export async function answerAuthorize(call: Call): Promise<Answer> {
  try {
    const fields = toFields(call.url.searchParams)
    const target = await readTarget(call, fields)
    try {
      const wanted = readWanted(fields, target.clientKind)
      return await answer(call, fields, {kind: 'authorize', ...target, ...wanted})
    } catch (error) {
      if (error instanceof OAuthFailure) return refuseApplication(target.target, error)
      throw error
    }
  } catch (error) {
    if (error instanceof OAuthFailure) return renderFailure(error, call.correlationId)
    throw error
  }
}

async function answer(call: Call, fields: Fields, wanted: AuthorizationRequest): Promise<Answer> {
  const prompts = (fields.find('prompt') ?? '').split(' ')
  const mustSignIn = prompts.includes('login') || prompts.includes('select_account')
  const authentication = mustSignIn ? undefined : await findAuthentication(call, toSession(fields, wanted))
  if (authentication !== undefined)
    return continueRequest(call, {wanted, attempt: newOAuthAttempt(call)}, authentication)
  if (prompts.includes('none'))
    throw new OAuthFailure('login_required', 50058, 'A silent sign-in request was sent but no user is signed in.')
  return startSignIn(call, wanted, fields.find('login_hint'))
}

/** Which session will do. */
const toSession = (fields: Fields, {tenantId}: AuthorizationRequest) => ({
  tenantId,
  login: fields.find('login_hint'),
  maxAgeSeconds: Number(fields.find('max_age') ?? Number.POSITIVE_INFINITY),
})
