import {refuseByFirst} from './check.ts'
import {formChecks} from './checks.ts'
import type {Expectation} from './expected-token.ts'
import {findToken, type LocatedToken} from './located-token.ts'
import {readTokenText} from './read-token-text.ts'
import {TokenRefusal} from './token-refusal.ts'

/** The one assertion of a posted text whose form has passed, before any cryptography: nothing in it is verified. Throws TokenRefusal. */
export function readLocatedToken(text: string, expectation: Expectation): LocatedToken {
  const read = readTokenText(text)
  if (!read.ok) throw new TokenRefusal(read.problem, read.reason)
  refuseByFirst(formChecks, read.root, expectation)
  const located = findToken(read.root)
  if (located !== undefined) return located
  throw new TokenRefusal('AssertionMisplaced', 'its assertion is not at the place of a token')
}
