import type {X509Certificate} from 'node:crypto'
import {bad, good, type Reading} from '../model/reading.ts'
import {isWeakKey} from './is-weak-key.ts'
import {parseXml, type XmlElement} from './parse-xml.ts'
import {readSignature} from './read-signature.ts'
import {verifySignedElement} from './verify-signed-element.ts'
import type {XmlLimits} from './xml-limits.ts'

/** By what a signature is judged. */
export interface SignatureTrust {
  /** The only key that is believed; what the document says of its key is not read. */
  readonly certificate: X509Certificate
  readonly limits: XmlLimits
}

/**
 * Verifies the enveloped signature of a document's root (XML Signature, SAML 2.0 core 5.4) by a certificate of ours and gives the root
 * as it was signed: parsed anew from the very bytes whose digest was compared, so nothing that the signature did not cover is in it.
 */
export async function verifySignature(
  text: string,
  {certificate, limits}: SignatureTrust,
): Promise<Reading<XmlElement>> {
  if (isWeakKey(certificate.publicKey)) return bad('the certificate has no RSA key of 2048 bits or more')
  const root = parseXml(text, limits)
  if (!root.ok) return root
  // Before xml-crypto sees it: its work grows with the square of the references and transforms.
  const signature = readSignature(root.value)
  if (!signature.ok) return signature
  const found = {signature: signature.value, signed: root.value, text}
  const verdict = await verifySignedElement(found, certificate, limits)
  if (verdict.outcome === 'verified') return good(verdict.element)
  return bad(
    verdict.outcome === 'changed'
      ? 'its content is not what was signed'
      : 'its signature was not made with the key of this certificate',
  )
}
