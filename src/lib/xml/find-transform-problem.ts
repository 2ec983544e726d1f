import type {XmlElement} from './parse-xml.ts'
import {envelopedSignature, exclusiveCanonicalization, signatureNamespace} from './signature-names.ts'
import {attributeOf, descendantsNamed, elementsIn} from './xml-tree.ts'

/**
 * Why a signature does not transform what it signs by taking itself out and exclusive canonicalization without comments, in this order
 * and by nothing else (SAML 2.0 core 5.4.4), or not canonicalize itself so; undefined when it does.
 */
export function findTransformProblem(signature: XmlElement): string | undefined {
  const named = (name: string): XmlElement[] => descendantsNamed(signature, signatureNamespace, name)
  const methods = named('CanonicalizationMethod')
  if (methods.length !== 1 || attributeOf(methods[0], 'Algorithm') !== exclusiveCanonicalization) {
    return 'its signature is canonicalized in another way than is allowed'
  }
  const transforms = named('Transform')
  const algorithms = transforms.map((transform) => attributeOf(transform, 'Algorithm'))
  if (algorithms.join() !== `${envelopedSignature},${exclusiveCanonicalization}`) {
    return 'its signature has other transforms than are allowed'
  }
  // xml-crypto writes the list of prefixes into both transforms; only that of the canonicalization means anything.
  const contents = transforms.map(elementsIn)
  const isAllowed =
    methods.flatMap(elementsIn).length === 0 &&
    contents.every((children) => children.length <= 1 && children.every(isPrefixList))
  return isAllowed ? undefined : 'a transform of its signature has content that is not allowed'
}

/** A list of a few prefixes: every one of them costs a comparison for each attribute of the document. */
function isPrefixList(element: XmlElement): boolean {
  const prefixes = attributeOf(element, 'PrefixList') ?? ''
  return (
    element.localName === 'InclusiveNamespaces' &&
    element.namespaceURI === attributeOf(element.parentNode as XmlElement, 'Algorithm') &&
    element.childNodes.length === 0 &&
    prefixes.length <= 256 &&
    prefixes.split(/\s+/).length <= 16
  )
}
