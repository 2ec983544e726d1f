import {hasRelativeNamespace} from '../../xml/has-relative-namespace.ts'
import type {XmlElement} from '../../xml/parse-xml.ts'
import type {Check} from '../check.ts'

/** Every namespace is an absolute URI: over a relative one a canonicalizer may fail and give nothing, whose digest is known. */
export const findNamespaceProblem: Check<XmlElement> = (root) =>
  hasRelativeNamespace(root) ? 'it declares a namespace by a relative URI' : undefined
