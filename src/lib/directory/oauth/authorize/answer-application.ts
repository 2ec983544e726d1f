import type {Answer} from '../../api/call.ts'
import {describe} from '../answer-failure.ts'
import type {OAuthFailure} from '../oauth-failure.ts'
import {pageHeaders, renderForm} from '../pages/render-form.ts'
import type {ReplyTarget} from './read-authorization.ts'

/** Sends the browser back to the application with an answer (RFC 6749, 4.1.2; OAuth 2.0 multiple response types, 2.1; form post response mode). */
export function answerApplication(
  {redirectUri, responseMode, state}: ReplyTarget,
  values: Readonly<Record<string, string>>,
): Answer {
  const answer = {...values, ...(state !== undefined && {state})}
  if (responseMode === 'form_post') {
    const buttons = [{label: 'Continue'}]
    return renderForm({
      title: 'Back to the application',
      action: redirectUri,
      hidden: answer,
      buttons,
      isSentAtOnce: true,
    })
  }
  const address = new URL(redirectUri)
  if (responseMode === 'fragment') address.hash = new URLSearchParams(answer).toString()
  else for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value)
  const {'content-type': _, ...headers} = pageHeaders("'none'")
  return {status: 302, headers: {...headers, location: address.href}}
}

/** Tells the application why it gets nothing. */
export const refuseApplication = (target: ReplyTarget, failure: OAuthFailure): Answer =>
  answerApplication(target, {error: nameOf(failure), error_description: describe(failure)})

/** At this endpoint nothing was granted yet that could be invalid. */
const nameOf = ({error, suberror}: OAuthFailure): string =>
  error === 'invalid_grant' ? (suberror ?? 'access_denied') : error
