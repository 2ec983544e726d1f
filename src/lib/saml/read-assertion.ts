import type {XmlElement} from '../xml/parse-xml.ts'
import {isNamed} from '../xml/xml-tree.ts'
import {readSaml11} from './read-saml-11.ts'
import {readSaml20} from './read-saml-20.ts'
import {samlNames} from './saml-names.ts'
import type {TokenClaims} from './token-claims.ts'

/** What an assertion of either version says; nothing is verified here. */
export const readAssertion = (assertion: XmlElement): TokenClaims =>
  isNamed(assertion, samlNames.saml11, 'Assertion') ? readSaml11(assertion) : readSaml20(assertion)
