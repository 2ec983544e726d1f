import type {Call, Route} from '../api/call.ts'

/** /login.srf, where an identity provider's form posts its token to. The judge of tokens is loaded with the first one. */
export const signInRoutes: readonly Route<Call>[] = [
  {method: 'POST', path: '/login.srf', run: async (call) => (await import('./answer-sign-in.ts')).answerSignIn(call)},
]
