import type {Check} from '../check.ts'
import {readClaimTypes} from '../saml-names.ts'
import type {SignedToken} from '../signed-token.ts'

/** A claim that says who the user is has one value. */
export const findClaimProblem: Check<SignedToken> = ({claims: {attributes}}) =>
  [readClaimTypes.immutableId, ...readClaimTypes.userPrincipalName].some(
    (wanted) => new Set(attributes.filter(({type}) => type === wanted).flatMap(({values}) => values)).size > 1,
  )
    ? 'it names the user twice'
    : undefined
