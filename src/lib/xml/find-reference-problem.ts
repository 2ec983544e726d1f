import type {XmlElement} from './parse-xml.ts'
import {signatureNamespace} from './signature-names.ts'
import {descendantsNamed} from './xml-tree.ts'

/** Why the reference of a signature is not `#` and the id of the element the signature stands in; undefined when it is. */
export function findReferenceProblem(signature: XmlElement, id: string | undefined): string | undefined {
  const [reference] = descendantsNamed(signature, signatureNamespace, 'Reference')
  const uri = reference?.getAttributeNS(null, 'URI')
  // An NCName of plain letters: no quote, no pointer, nothing that any library could read as an expression.
  return id !== undefined && /^[A-Za-z_][\w.-]*$/.test(id) && uri === `#${id}`
    ? undefined
    : 'its signature does not refer to the element it is in'
}
