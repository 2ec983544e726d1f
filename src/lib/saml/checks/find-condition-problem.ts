import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** Every condition is understood: one that is not leaves the validity open (SAML 2.0 core 2.5.1). */
export const findConditionProblem: Check<SignedToken> = ({claims}) =>
  claims.conditions?.hasUnknown === false ? undefined : 'it has a condition that is not understood'
