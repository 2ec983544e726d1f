import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** The issuer of the assertion, and that of the response if it names one, is the trust's, character by character. */
export const findIssuerProblem: Check<SignedToken> = ({claims, response}, {issuer}) => {
  if (claims.issuer !== issuer) return `its issuer is not ${issuer}`
  return response?.issuer === undefined || response.issuer === issuer
    ? undefined
    : `the issuer of the response around it is not ${issuer}`
}
