import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** There is a restriction, and every one names our audience, character by character (SAML 2.0 core 2.5.1.4). */
export const findAudienceProblem: Check<SignedToken> = ({claims}, {audience}) => {
  const restrictions = claims.conditions?.restrictions ?? []
  return restrictions.length > 0 && restrictions.every((audiences) => audiences.includes(audience))
    ? undefined
    : `it is not for the audience ${audience}`
}
