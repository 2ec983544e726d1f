import {elementsUnder, onlyOne} from '../xml/xml-tree.ts'
import {isAssertion} from './located-token.ts'
import {immutableIdOf, userPrincipalNameOf} from './names-of.ts'
import {readAssertion} from './read-assertion.ts'
import {readTokenText} from './read-token-text.ts'
import type {TokenClaims} from './token-claims.ts'
import {TokenRefusal} from './token-refusal.ts'

/** What a token says of itself, with the names taken out. */
export interface DecodedToken extends TokenClaims {
  readonly immutableId: string | undefined
  readonly userPrincipalName: string | undefined
}

/**
 * Reads what a token says without believing any of it: no signature is looked at, no time, no audience. The limits of size hold, and
 * there is no document type definition. Throws TokenRefusal when it is no document, or has not exactly one assertion to read.
 */
export function decodeToken(text: string): DecodedToken {
  const assertion = onlyOne(elementsUnder(readTokenText(text)).filter(isAssertion))
  if (assertion === undefined) throw new TokenRefusal('AssertionMissing', 'it has no assertion to read, or several')
  const claims = readAssertion(assertion)
  return {...claims, immutableId: immutableIdOf(claims), userPrincipalName: userPrincipalNameOf(claims)}
}
