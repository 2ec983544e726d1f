import {findAlgorithmProblem, usesSha1} from '../../xml/find-algorithm-problem.ts'
import {findReferenceProblem} from '../../xml/find-reference-problem.ts'
import {findSignatureShapeProblem} from '../../xml/find-signature-shape-problem.ts'
import {findTransformProblem} from '../../xml/find-transform-problem.ts'
import {hasHiddenContent} from '../../xml/has-hidden-content.ts'
import {hasKeyReference} from '../../xml/has-key-reference.ts'
import {attributeOf} from '../../xml/xml-tree.ts'
import type {CodedCheck} from '../check.ts'
import {isInPlace, type StandingSignature} from '../located-signatures.ts'

/** The checks of each signature before the library sees it, whose work grows with the square of what it finds. */
export const signatureChecks: readonly CodedCheck<StandingSignature>[] = [
  ['SignatureMisplaced', (found) => (isInPlace(found) ? undefined : 'its signature is not at its place')],
  [
    'ContentHidden',
    ({signed}) =>
      hasHiddenContent(signed) ? 'what is signed has a comment, a CDATA section or an instruction' : undefined,
  ],
  [
    'KeyFetched',
    ({signature}) => (hasKeyReference(signature) ? 'its signature carries content or fetches a key' : undefined),
  ],
  ['SignatureShape', ({signature}) => findSignatureShapeProblem(signature)],
  ['SignatureTransforms', ({signature}) => findTransformProblem(signature)],
  ['AlgorithmNotAccepted', ({signature}) => findAlgorithmProblem(signature, true)],
  [
    'Sha1',
    ({signature}, {allowSha1}) =>
      usesSha1(signature) && allowSha1 !== true ? 'its signature rests on SHA-1, which is not allowed' : undefined,
  ],
  [
    'SignatureReference',
    ({signature, signed}) =>
      findReferenceProblem(signature, attributeOf(signed, 'ID') ?? attributeOf(signed, 'AssertionID')),
  ],
]
