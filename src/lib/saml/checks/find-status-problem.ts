import type {Check} from '../check.ts'
import {samlNames} from '../saml-names.ts'
import type {SignedToken} from '../signed-token.ts'

/** The response says that the sign-in succeeded, and nothing else. */
export const findStatusProblem: Check<SignedToken> = ({response}) =>
  response === undefined || response.statuses.join() === samlNames.success
    ? undefined
    : 'the identity provider does not say that the sign-in succeeded'
