import type {XmlElement} from './parse-xml.ts'
import {signatureNamespace} from './signature-names.ts'
import {elementsIn} from './xml-tree.ts'

/** Each element of a signature and what may be in it, in this order; a name with ? may be absent, one with + be there again. */
const shape: Readonly<Record<string, readonly string[]>> = {
  Signature: ['SignedInfo', 'SignatureValue', 'KeyInfo?'],
  SignedInfo: ['CanonicalizationMethod', 'SignatureMethod', 'Reference'],
  SignatureMethod: [],
  Reference: ['Transforms', 'DigestMethod', 'DigestValue'],
  Transforms: ['Transform+'],
  DigestMethod: [],
  DigestValue: [],
  SignatureValue: [],
}

/**
 * Why a signature does not have the one shape that is looked at (XML Signature 4): one SignedInfo, one Reference, one value each, all
 * in their namespace and order, values of nothing but base64, no Object; undefined when it has.
 */
export function findSignatureShapeProblem(signature: XmlElement): string | undefined {
  const wanted = shape[signature.localName ?? '']
  if (wanted === undefined) return undefined
  const children = elementsIn(signature)
  if (!fits(children, wanted)) return `its signature has another ${signature.localName} than is allowed`
  if (!hasOnly(signature, children))
    return `the ${signature.localName} of its signature holds a comment or other content that is not allowed`
  for (const child of children) {
    const problem = findSignatureShapeProblem(child)
    if (problem !== undefined) return problem
  }
  return undefined
}

function fits(children: readonly XmlElement[], wanted: readonly string[]): boolean {
  const names = children.map((child) => (child.namespaceURI === signatureNamespace ? child.localName : 'foreign'))
  if (wanted[0]?.endsWith('+')) return names.length > 0 && names.every((name) => `${name}+` === wanted[0])
  const all = wanted.map((name) => name.replace('?', ''))
  const needed = wanted.filter((name) => !name.endsWith('?'))
  return names.join() === all.join() || names.join() === needed.join()
}

/** Values hold base64 and nothing else, the others nothing but white space around their elements. */
function hasOnly(element: XmlElement, children: readonly XmlElement[]): boolean {
  const isValue = /Value$/.test(element.localName ?? '')
  const nodes = Array.from(element.childNodes)
  if (!nodes.every((node) => node.nodeType === node.TEXT_NODE || node.nodeType === node.ELEMENT_NODE)) return false
  // Without its blanks first: a pattern with blanks in two places takes a time that grows with their square.
  if (isValue) return /^[A-Za-z0-9+/]+={0,2}$/.test((element.textContent ?? '').replaceAll(/[\t\n\r ]/g, ''))
  return nodes.length === children.length || nodes.every((node) => node.nodeType === node.ELEMENT_NODE || isBlank(node))
}

const isBlank = (node: {readonly nodeValue: string | null}): boolean => /^[\t\n\r ]*$/.test(node.nodeValue ?? '')
