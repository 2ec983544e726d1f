import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** The version that is written is one that exists in its namespace. */
export const findVersionProblem: Check<SignedToken> = ({claims, response}) => {
  const known = claims.version === '2.0' ? ['2.0'] : ['1.0', '1.1']
  return known.includes(claims.writtenVersion) && (response === undefined || response.version === '2.0')
    ? undefined
    : 'it is of a version that does not exist'
}
