import {bad, good, type Reading} from '../model/reading.ts'
import {elementsUnder, onlyOne} from '../xml/xml-tree.ts'
import {isAssertion} from './located-token.ts'
import {immutableIdOf, userPrincipalNameOf} from './names-of.ts'
import {readAssertion} from './read-assertion.ts'
import {readTokenText} from './read-token-text.ts'
import type {TokenClaims} from './token-claims.ts'

/** What a token says of itself, with the names taken out. */
export interface DecodedToken extends TokenClaims {
  readonly immutableId: string | undefined
  readonly userPrincipalName: string | undefined
}

/**
 * Reads what a token says without believing any of it: no signature is looked at, no time, no audience. The limits of size hold, and
 * there is no document type definition; of several assertions none is read.
 */
export function decodeToken(text: string): Reading<DecodedToken> {
  const read = readTokenText(text)
  if (!read.ok) return bad(read.reason)
  const assertion = onlyOne(elementsUnder(read.root).filter(isAssertion))
  if (assertion === undefined) return bad('it has no assertion to read, or several')
  const claims = readAssertion(assertion)
  return good({...claims, immutableId: immutableIdOf(claims), userPrincipalName: userPrincipalNameOf(claims)})
}
