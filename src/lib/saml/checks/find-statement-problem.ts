import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** It says that somebody has authenticated (SAML 2.0 profiles 4.1.4.2); SAML 1.1, where no profile asks for it, may be silent. */
export const findStatementProblem: Check<SignedToken> = ({claims: {version, authentications}}) =>
  version === '1.1' || authentications.length > 0 ? undefined : 'it does not say that anybody has authenticated'
