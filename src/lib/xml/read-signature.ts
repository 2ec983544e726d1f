import {bad, good, type Reading} from '../model/reading.ts'
import type {XmlElement} from './parse-xml.ts'
import {attributeOf, elementsIn, isNamed} from './xml-tree.ts'

const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = `${signatureNamespace}enveloped-signature`
const signatureMethods = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
]
const digestMethods = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512']

/**
 * The signature of `signed` when it has the one shape that is ever looked at: the document's only signature, a direct child of what it
 * signs, with one SignedInfo and one reference to the parent's unique id, enveloped and exclusive canonicalization as only transforms,
 * allowed algorithms, and nothing but text in its values. Nothing is verified here.
 */
export function readSignature(signed: XmlElement): Reading<XmlElement> {
  const all = Array.from(signed.getElementsByTagNameNS(signatureNamespace, 'Signature'))
  const [signature] = all
  if (signature === undefined) return bad('it is not signed')
  if (all.length > 1) return bad('it has more than one signature')
  if (signature.parentNode !== signed) return bad('its signature is not a direct child of what it should sign')
  const problem = shapeProblem(signature) ?? referenceProblem(signature, signed)
  return problem === undefined ? good(signature) : bad(problem)
}

/** Each element of a signature, what may be in it, and which Algorithm it may name. */
const shape: Record<string, {children: readonly string[]; optional?: string; algorithms?: readonly string[]}> = {
  Signature: {children: ['SignedInfo', 'SignatureValue'], optional: 'KeyInfo'},
  SignedInfo: {children: ['CanonicalizationMethod', 'SignatureMethod', 'Reference']},
  CanonicalizationMethod: {children: [], algorithms: [exclusive]},
  SignatureMethod: {children: [], algorithms: signatureMethods},
  Reference: {children: ['Transforms', 'DigestMethod', 'DigestValue']},
  Transforms: {children: ['Transform', 'Transform']},
  DigestMethod: {children: [], algorithms: digestMethods},
  DigestValue: {children: []},
  SignatureValue: {children: []},
}

function shapeProblem(element: XmlElement): string | undefined {
  const name = element.localName ?? ''
  const rule = shape[name]
  if (rule === undefined) return undefined
  const children = elementsIn(element)
  const names = children.map((child) => (child.namespaceURI === signatureNamespace ? child.localName : 'foreign'))
  const wanted = rule.children.join()
  if (names.join() !== wanted && `${names.join()}` !== `${wanted},${rule.optional}`) {
    return `its signature has another ${name} than is allowed`
  }
  const onlyText = Array.from(element.childNodes).every(
    (node) => node.nodeType === node.TEXT_NODE || node.nodeType === node.ELEMENT_NODE,
  )
  if (!onlyText) return `the ${name} of its signature has a comment, a CDATA section or an instruction inside`
  const algorithm = attributeOf(element, 'Algorithm')
  if (rule.algorithms !== undefined && !rule.algorithms.includes(algorithm ?? '')) {
    return `its signature names an algorithm that is not accepted: ${algorithm ?? 'none'}`
  }
  return firstProblem(children)
}

function firstProblem(children: readonly XmlElement[]): string | undefined {
  for (const child of children) {
    const problem = shapeProblem(child)
    if (problem !== undefined) return problem
  }
  return undefined
}

function referenceProblem(signature: XmlElement, signed: XmlElement): string | undefined {
  const named = (localName: string): XmlElement[] =>
    Array.from(signature.getElementsByTagNameNS(signatureNamespace, localName))
  const transforms = named('Transform').map((transform) => attributeOf(transform, 'Algorithm'))
  if (transforms.join() !== `${enveloped},${exclusive}`) return 'its signature has other transforms than are allowed'
  const foreign = named('Transform').flatMap(elementsIn)
  if (foreign.length > 1 || foreign.some((child) => !isNamed(child, exclusive, 'InclusiveNamespaces'))) {
    return 'a transform of its signature has content that is not allowed'
  }
  const id = attributeOf(signed, 'ID')
  const uri = named('Reference').map((reference) => attributeOf(reference, 'URI'))
  if (id === undefined || !/^[A-Za-z_][\w.-]*$/.test(id) || uri.join() !== `#${id}`) {
    return 'its signature does not refer to the element it is in'
  }
  return isUnique(id, signed) ? undefined : 'the id that its signature refers to is there twice'
}

const idNames = ['ID', 'Id', 'id', 'AssertionID']

function isUnique(id: string, root: XmlElement): boolean {
  const all = [root, ...Array.from(root.getElementsByTagName('*'))]
  const bearers = all.flatMap((element) =>
    Array.from(element.attributes).filter(
      (attribute) => idNames.includes(attribute.localName ?? '') && attribute.value === id,
    ),
  )
  return bearers.length === 1
}
