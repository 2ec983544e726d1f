import {bad, good, type Reading} from '../model/reading.ts'
import {findAlgorithmProblem} from './find-algorithm-problem.ts'
import {findReferenceProblem} from './find-reference-problem.ts'
import {findSignatureShapeProblem} from './find-signature-shape-problem.ts'
import {findTransformProblem} from './find-transform-problem.ts'
import {hasKeyReference} from './has-key-reference.ts'
import {hasRepeatedId} from './has-repeated-id.ts'
import type {XmlElement} from './parse-xml.ts'
import {signatureNamespace} from './signature-names.ts'
import {attributeOf, descendantsNamed} from './xml-tree.ts'

/**
 * The signature of `signed` when it has the one shape that is ever looked at: the document's only signature, a direct child of what it
 * signs, with one SignedInfo and one reference to the parent's unique id, enveloped and exclusive canonicalization as only transforms,
 * allowed algorithms, and nothing but text in its values. Nothing is verified here.
 */
export function readSignature(signed: XmlElement): Reading<XmlElement> {
  const [signature, ...more] = descendantsNamed(signed, signatureNamespace, 'Signature')
  if (signature === undefined) return bad('it is not signed')
  if (more.length > 0) return bad('it has more than one signature')
  if (signature.parentNode !== signed) return bad('its signature is not a direct child of what it should sign')
  const problem =
    findSignatureShapeProblem(signature) ??
    findAlgorithmProblem(signature, false) ??
    findTransformProblem(signature) ??
    findReferenceProblem(signature, attributeOf(signed, 'ID')) ??
    (hasKeyReference(signature) ? 'its signature fetches its key from elsewhere' : undefined) ??
    (hasRepeatedId(signed) ? 'the id that its signature refers to is there twice' : undefined)
  return problem === undefined ? good(signature) : bad(problem)
}
