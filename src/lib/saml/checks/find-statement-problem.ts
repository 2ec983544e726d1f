import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** It says that somebody has authenticated (SAML 2.0 profiles 4.1.4.2). */
export const findStatementProblem: Check<SignedToken> = ({claims: {authentications}}) =>
  authentications.length > 0 ? undefined : 'it does not say that anybody has authenticated'
