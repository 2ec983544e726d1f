import {timingSafeEqual} from 'node:crypto'
import type {Call} from '../../api/call.ts'
import {addSignInRequest, findSignInRequest} from '../../store/sign-in-requests.ts'
import type {AuthorizationRequest} from '../authorize/read-authorization.ts'
import type {DeviceRequest} from '../device/device-request.ts'
import {hashOf, newSecret} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {readCookie} from './read-cookie.ts'

/** What somebody is signing in for. */
export type Wanted = AuthorizationRequest | DeviceRequest

/** Somebody who is signing in, in one browser: the state goes through pages and identity providers and comes back. */
export interface PendingRequest {
  readonly state: string
  readonly wanted: Wanted
}

const lifetimeSeconds = 900
/** Our states are told from what others send through identity providers. */
const prefix = 'fedctl.'

/** Whether something that came back is, by its look, a state of ours. */
export const isState = (text: string | undefined): text is string => text?.startsWith(prefix) === true

/**
 * Begins to sign somebody in: gives the state, and a cookie without which the state is worth nothing. The cookie goes with what other sites
 * post as well, because an identity provider is one.
 */
export async function beginRequest(
  {services}: Call,
  wanted: Wanted,
): Promise<{readonly pending: PendingRequest; readonly cookie: string}> {
  const state = `${prefix}${newSecret(services)}`
  const secret = newSecret(services)
  const now = services.now()
  const row = {
    stateHash: hashOf(state),
    cookieHash: hashOf(secret),
    request: JSON.stringify(wanted),
    expiresDateTime: new Date(now.getTime() + lifetimeSeconds * 1000).toISOString(),
  }
  await services.store.change((db) => addSignInRequest(db, row, now))
  const cookie = `${cookieName(state)}=${secret}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=${lifetimeSeconds}`
  return {pending: {state, wanted}, cookie}
}

/** What a state belongs to, if this is the browser that began it. Throws OAuthFailure. */
export async function requirePending({services, request}: Call, state: string): Promise<PendingRequest> {
  const found = await services.store.read((db) => findSignInRequest(db, hashOf(state), services.now()))
  const secret = readCookie(request, cookieName(state))
  if (found === undefined || secret === undefined || !isSame(hashOf(secret), found.cookieHash))
    throw new OAuthFailure(
      'invalid_request',
      50089,
      'Authentication failed: it took too long, was finished before, or was begun in another browser. Begin again at the application.',
    )
  return {state, wanted: JSON.parse(found.request) as Wanted}
}

/** Takes the cookie back. */
export const endCookie = (state: string): string =>
  `${cookieName(state)}=; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=0`

/** One for each tab of the browser. */
const cookieName = (state: string): string => `__Host-fedctl-request-${hashOf(state).slice(0, 8)}`

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
