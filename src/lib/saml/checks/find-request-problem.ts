import type {Check} from '../check.ts'
import {listBearers} from '../list-bearers.ts'
import type {SignedToken} from '../signed-token.ts'

/** A SAML response answers the request, in what is signed too; a token response has no place for it, and names no other one. */
export const findRequestProblem: Check<SignedToken> = ({claims, response, carrier}, {requestId}) => {
  const inToken = listBearers(claims).map(({inResponseTo}) => inResponseTo)
  const isForeign = (id: string | undefined): boolean => id !== undefined && requestId !== undefined && id !== requestId
  const isMissing = carrier === 'samlResponse' && requestId !== undefined && inToken.includes(undefined)
  const unequal =
    response?.inResponseTo !== undefined && inToken.some((id) => id !== undefined && id !== response.inResponseTo)
  return isMissing || unequal || [response?.inResponseTo, ...inToken].some(isForeign)
    ? 'it does not answer the request, or two different ones'
    : undefined
}
