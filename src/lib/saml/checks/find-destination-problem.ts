import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** The response was sent to where it was posted; a signed one says so (SAML 2.0 bindings 3.5.5.2). */
export const findDestinationProblem: Check<SignedToken> = ({response}, {recipient}) => {
  if (response === undefined) return undefined
  if (response.destination === undefined)
    return response.isSigned ? 'the signed response has no destination' : undefined
  return recipient === undefined || response.destination === recipient
    ? undefined
    : `the response is not for ${recipient}`
}
