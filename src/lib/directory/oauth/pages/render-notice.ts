import type {Answer} from '../../api/call.ts'
import {escapeHtml, renderPage} from '../../sign-in/render-page.ts'
import {describe} from '../answer-failure.ts'
import type {OAuthFailure} from '../oauth-failure.ts'
import {pageHeaders} from './render-form.ts'

/** A page that says something and asks nothing. */
export const renderNotice = (title: string, message: string, status = 200): Answer => ({
  status,
  body: renderPage(title, {message}),
  headers: pageHeaders("'none'"),
})

/** A page that says why nobody can be sent on. */
export const renderFailure = (failure: OAuthFailure, correlationId: string): Answer => ({
  status: 400,
  body: renderPage('Sorry, but we are having trouble signing you in.', {message: describe(failure), correlationId}),
  headers: pageHeaders("'none'"),
})

/**
 * A page that leads somewhere else at once. Not a redirection, because it answers a form: the policy of the page with the form could not
 * name every identity provider.
 */
export function renderLink(title: string, address: string): Answer {
  const href = escapeHtml(address)
  const body = `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${href}"><title>${escapeHtml(title)}</title></head>\n<body><h1>${escapeHtml(title)}</h1>\n<p><a href="${href}">Continue</a></p></body></html>\n`
  return {status: 200, body, headers: pageHeaders("'none'")}
}
