import {createHash, type KeyObject, verify, type X509Certificate} from 'node:crypto'
import {parseXml, type XmlElement} from './parse-xml.ts'
import {
  digestMethods,
  envelopedSignature,
  exclusiveCanonicalization,
  type SignatureMethod,
  signatureMethods,
} from './signature-names.ts'
import {withDefaultPrefix} from './with-default-prefix.ts'
import type {XmlLimits} from './xml-limits.ts'

/** A signature whose shape, reference, transforms and algorithms have been found to be the allowed ones, and where it was found. */
export interface FoundSignature {
  readonly signature: XmlElement
  /** The element it stands in and must sign. */
  readonly signed: XmlElement
  /** The document, as it was parsed. */
  readonly text: string
}

/** What verifying gave: the element as it was signed, or what does not hold. */
export type SignatureVerdict =
  | {readonly outcome: 'verified'; readonly element: XmlElement}
  | {readonly outcome: 'changed' | 'anotherKey'}

/**
 * Verifies a signature (XML Signature 3.2) by the key of this certificate alone, and gives the element parsed anew from the very bytes
 * whose digest was compared: nothing that the signature did not cover is in it. What the document says of its key is not read.
 */
export async function verifySignedElement(
  {signature, signed, text}: FoundSignature,
  certificate: X509Certificate,
  limits: XmlLimits,
): Promise<SignatureVerdict> {
  const library = await import('xml-crypto')
  const verifier = new library.SignedXml({
    publicCert: certificate.toString(),
    idAttribute: 'AssertionID',
    getCertFromKeyInfo: () => null,
  })
  restrict(verifier, certificate.publicKey, withDefaultPrefix(library))
  let bytes: string | undefined
  try {
    verifier.loadSignature(signature as unknown as Parameters<typeof verifier.loadSignature>[0])
    if (!verifier.checkSignature(plainEnds(text.replace(/^\uFEFF/, '')))) return {outcome: 'changed'}
    const [only, ...more] = verifier.getSignedReferences()
    if (more.length === 0) bytes = only
  } catch {
    return {outcome: 'anotherKey'}
  }
  // Empty bytes have a digest too: a canonicalization that failed must never count as one.
  const element = bytes === undefined || bytes === '' ? undefined : parseXml(bytes, limits)
  return element?.ok && isSame(element.value, signed)
    ? {outcome: 'verified', element: element.value}
    : {outcome: 'changed'}
}

/** The library's own parser takes an element for empty when the only end tag after it has white space in it, and prints a warning. */
const plainEnds = (text: string): string => text.replaceAll(/(<\/[^\s<>]+)\s+>/g, '$1>')

interface Algorithms {
  CanonicalizationAlgorithms: Readonly<Record<string, unknown>>
  HashAlgorithms: object
  SignatureAlgorithms: object
}

/** Leaves the library the algorithms of the closed profile, and of those only what this key is made for. */
function restrict(verifier: Algorithms, key: KeyObject, canonicalization: unknown): void {
  verifier.CanonicalizationAlgorithms = {
    [exclusiveCanonicalization]: canonicalization,
    [envelopedSignature]: verifier.CanonicalizationAlgorithms[envelopedSignature],
  }
  verifier.HashAlgorithms = Object.fromEntries(Array.from(digestMethods, ([name, hash]) => [name, hashBy(name, hash)]))
  const methods = Array.from(signatureMethods).filter(([, method]) => method.key === key.asymmetricKeyType)
  verifier.SignatureAlgorithms = Object.fromEntries(
    methods.map(([name, method]) => [name, signatureBy(name, method, key)]),
  )
}

const hashBy = (name: string, hash: string) =>
  class {
    getAlgorithmName = (): string => name
    getHash = (xml: string): string => createHash(hash).update(xml, 'utf8').digest('base64')
  }

const signatureBy = (name: string, {hash}: SignatureMethod, key: KeyObject) =>
  class {
    getAlgorithmName = (): string => name
    verifySignature = (signedInfo: string, _key: unknown, value: string): boolean =>
      // XML Signature writes an ECDSA signature as r and s side by side (RFC 9231, 2.3.6).
      verify(hash, Buffer.from(signedInfo), {key, dsaEncoding: 'ieee-p1363'}, Buffer.from(value, 'base64'))
  }

const isSame = (one: XmlElement, other: XmlElement): boolean =>
  one.namespaceURI === other.namespaceURI &&
  one.localName === other.localName &&
  ['ID', 'AssertionID'].every((name) => one.getAttributeNS(null, name) === other.getAttributeNS(null, name))
