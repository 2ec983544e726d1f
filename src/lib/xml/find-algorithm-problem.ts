import type {XmlElement} from './parse-xml.ts'
import {digestMethods, signatureMethods, signatureNamespace} from './signature-names.ts'
import {attributeOf, descendantsNamed} from './xml-tree.ts'

/** Why the algorithms that a signature names are not accepted; undefined when they are. SHA-1 is when it is allowed by name. */
export function findAlgorithmProblem(signature: XmlElement, allowSha1: boolean): string | undefined {
  const {method, digest} = hashesOf(signature)
  if (method === undefined || digest === undefined) return 'its signature names an algorithm that is not accepted'
  return usesSha1(signature) && !allowSha1 ? 'it is signed by means of SHA-1, which is not accepted' : undefined
}

/** Whether a signature rests on SHA-1. */
export function usesSha1(signature: XmlElement): boolean {
  const {method, digest} = hashesOf(signature)
  return method === 'sha1' || digest === 'sha1'
}

function hashesOf(signature: XmlElement): {method: string | undefined; digest: string | undefined} {
  const algorithm = (name: string): string =>
    attributeOf(descendantsNamed(signature, signatureNamespace, name)[0], 'Algorithm') ?? ''
  return {
    method: signatureMethods.get(algorithm('SignatureMethod'))?.hash,
    digest: digestMethods.get(algorithm('DigestMethod')),
  }
}
