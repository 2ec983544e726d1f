import type {Answer, Call} from '../../api/call.ts'
import {findRealm} from './find-realm.ts'
import {renderName, renderPassword} from './login-pages.ts'
import {beginRequest, type Wanted} from './pending-request.ts'
import {toIdentityProvider} from './to-identity-provider.ts'

/** Asks for a name or, when it is known, for the password, or sends the browser to the identity provider of its domain. */
export async function startSignIn(call: Call, wanted: Wanted, login?: string): Promise<Answer> {
  const {pending, cookie} = await beginRequest(call, wanted)
  const answer = await first(call, pending, login)
  return {...answer, cookies: [...(answer.cookies ?? []), cookie]}
}

async function first(
  call: Call,
  pending: Parameters<typeof renderName>[0],
  login: string | undefined,
): Promise<Answer> {
  if (login === undefined) return renderName(pending)
  const trust = await findRealm(call, login)
  if (trust === undefined) return renderPassword(pending, login)
  const location = await toIdentityProvider(call, {pending, login, trust})
  return {status: 302, headers: {location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer'}}
}
