import type {Call, Route} from '../api/call.ts'

const realms = () => import('./answer-realm.ts')
const getUserRealm = async (call: Call) => (await realms()).answerGetUserRealm(call)

/**
 * What somebody asks who is not signed in yet: where to sign in, and /login.srf, where the form of an identity provider posts its token
 * to. The judge of tokens is loaded with the first one.
 */
export const signInRoutes: readonly Route<Call>[] = [
  {method: 'POST', path: '/login.srf', run: async (call) => (await import('./answer-sign-in.ts')).answerSignIn(call)},
  {method: 'GET', path: '/common/userrealm/:login', run: async (call) => (await realms()).answerUserRealm(call)},
  // Both spellings are in use.
  {method: 'GET', path: '/GetUserRealm.srf', run: getUserRealm},
  {method: 'GET', path: '/getuserrealm.srf', run: getUserRealm},
]
