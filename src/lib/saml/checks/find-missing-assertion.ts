import type {XmlElement} from '../../xml/parse-xml.ts'
import {elementsUnder} from '../../xml/xml-tree.ts'
import type {Check} from '../check.ts'
import {isAssertion} from '../located-token.ts'

/** There is an assertion of SAML 1.1 or 2.0 somewhere. */
export const findMissingAssertion: Check<XmlElement> = (root) =>
  elementsUnder(root).some(isAssertion) ? undefined : 'it has no assertion'
