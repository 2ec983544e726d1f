import type {XmlElement} from '../../xml/parse-xml.ts'
import {elementsUnder} from '../../xml/xml-tree.ts'
import type {Check} from '../check.ts'

/** One element of the whole document is called Assertion, in whatever namespace: others read by the local name. */
export const findAssertionCountProblem: Check<XmlElement> = (root) =>
  elementsUnder(root).filter(({localName}) => localName?.toLowerCase() === 'assertion').length > 1
    ? 'it has more than one assertion'
    : undefined
