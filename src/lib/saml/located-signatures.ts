import type {XmlElement} from '../xml/parse-xml.ts'
import {signatureNamespace} from '../xml/signature-names.ts'
import {elementsIn, elementsUnder, isNamed} from '../xml/xml-tree.ts'
import type {LocatedToken} from './located-token.ts'
import {samlNames} from './saml-names.ts'
import {TokenRefusal} from './token-refusal.ts'

/** A signature and the element it stands in. */
export interface StandingSignature {
  readonly signature: XmlElement
  readonly signed: XmlElement
}

/** The signatures of a token: of the assertion, of the response, or both; every one that is there must verify. */
export interface LocatedSignatures {
  readonly assertion: XmlElement | undefined
  readonly response: XmlElement | undefined
}

/** Throws TokenRefusal when nothing is signed, or anything in the document is a signature besides one of each. */
export function locateSignatures({root, response, assertion}: LocatedToken): LocatedSignatures {
  const all = elementsUnder(root).filter(({localName}) => localName === 'Signature')
  const found = {assertion: signatureOf(assertion), response: response && signatureOf(response)}
  const standing = [found.assertion, found.response].filter((signature) => signature !== undefined)
  if (all.length > standing.length)
    throw new TokenRefusal('SignatureMisplaced', 'it has a signature where none belongs')
  if (standing.length === 0) throw new TokenRefusal('NotSigned', 'it is not signed')
  return found
}

const signatureOf = (element: XmlElement): XmlElement | undefined =>
  elementsIn(element).find((child) => isNamed(child, signatureNamespace, 'Signature'))

/** Whether a signature is where the schema has it: after the issuer in SAML 2.0, at the end in SAML 1.1. */
export function isInPlace({signature, signed}: StandingSignature): boolean {
  const siblings = elementsIn(signed)
  const at = siblings.indexOf(signature)
  if (isNamed(signed, samlNames.saml11, 'Assertion')) return at === siblings.length - 1
  const before = siblings.slice(0, at)
  return at >= 0 && before.length <= 1 && before.every((one) => isNamed(one, samlNames.saml20, 'Issuer'))
}
