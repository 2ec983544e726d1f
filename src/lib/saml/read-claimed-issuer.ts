import {type ExpectedToken, toExpectation} from './expected-token.ts'
import {readAssertion} from './read-assertion.ts'
import {readLocatedToken} from './read-located-token.ts'
import {TokenRefusal} from './token-refusal.ts'

/**
 * The issuer that a posted token names, once its form has passed: a key to look its trust up by and nothing more, because nothing is
 * verified yet. Throws TokenRefusal.
 */
export function readClaimedIssuer(text: string, protocol?: ExpectedToken['protocol']): string {
  const located = readLocatedToken(
    text,
    toExpectation({certificates: [], issuer: '', at: new Date(0), ...(protocol !== undefined && {protocol})}),
  )
  const {issuer} = readAssertion(located.assertion)
  if (issuer === undefined || issuer === '') throw new TokenRefusal('IssuerUnknown', 'it names no issuer')
  return issuer
}
