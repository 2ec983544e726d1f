import type {X509Certificate} from 'node:crypto'
import {usesSha1} from '../xml/find-algorithm-problem.ts'
import {isWeakKey} from '../xml/is-weak-key.ts'
import type {XmlElement} from '../xml/parse-xml.ts'
import {type SignatureVerdict, verifySignedElement} from '../xml/verify-signed-element.ts'
import {tokenLimits} from '../xml/xml-limits.ts'
import {refuseByFirst} from './check.ts'
import {signatureChecks} from './checks.ts'
import type {Expectation} from './expected-token.ts'
import {locateSignatures} from './located-signatures.ts'
import {findToken, type LocatedToken} from './located-token.ts'
import {TokenRefusal} from './token-refusal.ts'

/** What the signatures of a token cover, parsed anew from the bytes that were digested. */
export interface CoveredToken {
  readonly assertion: XmlElement
  /** The response, when it is signed. */
  readonly response: XmlElement | undefined
  readonly certificate: X509Certificate
  readonly usesSha1: boolean
}

/** Verifies every signature of a token, by the current certificate, then by the next. Throws TokenRefusal. */
export async function verifyTokenSignatures(
  text: string,
  located: LocatedToken,
  expected: Expectation,
): Promise<CoveredToken> {
  const signatures = locateSignatures(located)
  const found = [
    {signature: signatures.response, signed: located.response},
    {signature: signatures.assertion, signed: located.assertion},
  ].filter((one): one is {signature: XmlElement; signed: XmlElement} => one.signature !== undefined)
  for (const one of found) refuseByFirst(signatureChecks, one, expected)
  for (const {publicKey} of expected.certificates) {
    if (isWeakKey(publicKey)) throw new TokenRefusal('KeyWeak', 'a certificate of the trust has a weak or unknown key')
  }
  const covered: {element: XmlElement; certificate: X509Certificate}[] = []
  for (const one of found) covered.push(await verifyByAny({...one, text}, expected.certificates))
  const [first] = covered
  if (first === undefined) throw new TokenRefusal('NotSigned', 'it is not signed')
  const response = signatures.response && covered[0]?.element
  // The last one is the narrowest: what the assertion's own signature covers, else its place in the signed response.
  const assertion = signatures.assertion ? covered.at(-1)?.element : response && findToken(response)?.assertion
  if (assertion === undefined) throw new TokenRefusal('ContentChanged', 'what is signed is not the token')
  const isOld = found.some(({signature}) => usesSha1(signature))
  return {assertion, response, certificate: first.certificate, usesSha1: isOld}
}

async function verifyByAny(
  found: {signature: XmlElement; signed: XmlElement; text: string},
  certificates: readonly X509Certificate[],
): Promise<{element: XmlElement; certificate: X509Certificate}> {
  let outcome: SignatureVerdict['outcome'] = 'anotherKey'
  for (const certificate of certificates) {
    const verdict = await verifySignedElement(found, certificate, tokenLimits)
    if (verdict.outcome === 'verified') return {element: verdict.element, certificate}
    outcome = verdict.outcome
    // Another key does not make the content what it was.
    if (outcome === 'changed') break
  }
  throw outcome === 'changed'
    ? new TokenRefusal('ContentChanged', 'what is signed was changed afterwards')
    : new TokenRefusal('KeyUnknown', 'its signature was not made by a key of the trust')
}
