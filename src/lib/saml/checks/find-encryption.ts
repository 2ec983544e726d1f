import type {XmlElement} from '../../xml/parse-xml.ts'
import {elementsUnder} from '../../xml/xml-tree.ts'
import type {Check} from '../check.ts'

/** Nothing in the document is encrypted: no key for it is ever configured, and what cannot be read cannot be judged. */
export const findEncryption: Check<XmlElement> = (root) =>
  elementsUnder(root).some(({localName}) => localName?.startsWith('Encrypted'))
    ? 'it is encrypted, and nothing encrypted is accepted'
    : undefined
