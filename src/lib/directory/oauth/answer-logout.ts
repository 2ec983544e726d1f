import type {Answer, Call} from '../api/call.ts'
import {findRegistration} from '../store/clients.ts'
import {removeSessionBy} from '../store/sessions.ts'
import {findClientKind} from './authorize/redirect-uris.ts'
import {hashOf} from './new-secret.ts'
import {OAuthFailure} from './oauth-failure.ts'
import {readCookie} from './pages/read-cookie.ts'
import {renderFailure, renderNotice} from './pages/render-notice.ts'
import {type Fields, toFields} from './read-fields.ts'

/**
 * GET /{tenant}/oauth2/v2.0/logout (OpenID Connect RP-initiated logout): ends the session of this browser, and goes on to an address that
 * the application which asks has registered, nowhere else.
 */
export async function answerLogout(call: Call): Promise<Answer> {
  try {
    const fields = toFields(call.url.searchParams)
    const secret = readCookie(call.request, '__Host-fedctl-session')
    if (secret !== undefined) await call.services.store.change((db) => removeSessionBy(db, hashOf(secret)))
    const ended = ['__Host-fedctl-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0']
    return {...(await answer(call, fields)), cookies: ended}
  } catch (error) {
    if (error instanceof OAuthFailure) return renderFailure(error, call.correlationId)
    throw error
  }
}

async function answer({services}: Call, fields: Fields): Promise<Answer> {
  const address = fields.find('post_logout_redirect_uri')
  const appId = fields.find('client_id') ?? readAudience(fields.find('id_token_hint'))
  const application =
    appId === undefined ? undefined : await services.store.read((db) => findRegistration(db, appId.toLowerCase()))
  if (address === undefined || application === undefined || findClientKind({application}, address) === undefined)
    return renderNotice('You signed out of your account', 'It is a good idea to close all browser windows.')
  const location = new URL(address)
  const state = fields.find('state')
  if (state !== undefined) location.searchParams.set('state', state)
  return {status: 302, headers: {location: location.href, 'cache-control': 'no-store'}}
}

/** For which application an ID token is: only looked up, and so not verified; it may have ended. */
function readAudience(token: string | undefined): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())
    const {aud} = Object(claims)
    return typeof aud === 'string' ? aud : undefined
  } catch {
    return undefined
  }
}
