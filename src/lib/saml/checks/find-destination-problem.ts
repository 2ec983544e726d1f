import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** The response was sent to where it was posted; a signed one says so (SAML 2.0 bindings 3.5.5.2). */
export const findDestinationProblem: Check<SignedToken> = ({response}, {recipients}) => {
  if (response === undefined) return undefined
  if (response.destination === undefined)
    return response.isSigned ? 'the signed response has no destination' : undefined
  return recipients === undefined || recipients.includes(response.destination)
    ? undefined
    : `the response is not for ${recipients.join(' or ')}`
}
