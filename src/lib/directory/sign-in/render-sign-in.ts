import type {HttpRequest} from '../../model/http-message.ts'
import type {TokenRefusal} from '../../saml/token-refusal.ts'
import type {Answer} from '../api/call.ts'
import {timestamp} from '../rules/timestamp.ts'
import type {Attempt} from './attempt.ts'
import {type NewSession, sessionCookie} from './new-session.ts'
import {renderPage, type Values} from './render-page.ts'

/** What a token has opened. */
export interface Accepted {
  readonly session: NewSession
  /** Why the token is to be doubted although its trust allows it. */
  readonly warning: string | undefined
  /** What came with it through the browser. */
  readonly context: string | undefined
}

/** The session, its secret in a cookie that no script and no other site can use; JSON for who asks for it, else a page. */
export function renderAccepted(
  request: HttpRequest,
  {correlationId}: Attempt,
  {session, warning, context}: Accepted,
): Answer {
  const {row, secret, userPrincipalName} = session
  const {id: sessionId, tenantId, expiresDateTime} = row
  const values = {sessionId, userPrincipalName, tenantId, expiresDateTime, correlationId, warning, context}
  const answer = render(request, {status: 200, title: 'You are signed in', values})
  return {...answer, headers: {...answer.headers, 'set-cookie': sessionCookie(secret)}}
}

/** Why there is no session: the AADSTS number, nothing of the token, and the id under which the attempt is written down. */
export function renderRefused(
  request: HttpRequest,
  {correlationId, time}: Attempt,
  {aadsts, problem, reason}: TokenRefusal,
): Answer {
  const message = `AADSTS${aadsts}: The token is refused: ${reason}.`
  const values = {errorCode: aadsts, code: problem, message, correlationId, timestamp: timestamp(time)}
  return render(request, {status: aadsts === malformedMessage ? 400 : 401, title: 'You are not signed in', values})
}

/** What was posted is no message at all. */
const malformedMessage = 20012

interface Content {
  readonly status: number
  readonly title: string
  readonly values: Values
}

function render({headers}: HttpRequest, {status, title, values}: Content): Answer {
  const wantsJson = /\bapplication\/json\b/i.test(headers['accept'] ?? '')
  return wantsJson
    ? {status, body: values, headers: closed}
    : {status, body: renderPage(title, values), headers: {...closed, 'content-type': 'text/html; charset=utf-8'}}
}

const closed = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const
