import {refuseByFirst} from './check.ts'
import {formChecks} from './checks.ts'
import {type ExpectedToken, toExpectation} from './expected-token.ts'
import {findToken} from './located-token.ts'
import {readAssertion} from './read-assertion.ts'
import {readTokenText} from './read-token-text.ts'
import {TokenRefusal} from './token-refusal.ts'

/**
 * The issuer that a posted token names, once its form has passed: a key to look its trust up by and nothing more, because nothing is
 * verified yet. Throws TokenRefusal.
 */
export function readClaimedIssuer(text: string, protocol: ExpectedToken['protocol'] & string): string {
  const read = readTokenText(text)
  if (!read.ok) throw new TokenRefusal(read.problem, read.reason)
  refuseByFirst(formChecks, read.root, toExpectation({certificates: [], issuer: '', at: new Date(0), protocol}))
  const located = findToken(read.root)
  if (located === undefined)
    throw new TokenRefusal('AssertionMisplaced', 'its assertion is not at the place of a token')
  const {issuer} = readAssertion(located.assertion)
  if (issuer === undefined || issuer === '') throw new TokenRefusal('IssuerUnknown', 'it names no issuer')
  return issuer
}
