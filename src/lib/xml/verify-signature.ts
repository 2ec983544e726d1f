import type {X509Certificate} from 'node:crypto'
import {bad, good, type Reading} from '../model/reading.ts'
import {parseXml, type XmlElement} from './parse-xml.ts'
import {readSignature} from './read-signature.ts'
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
  const {asymmetricKeyType, asymmetricKeyDetails} = certificate.publicKey
  if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    return bad('the certificate has no RSA key of 2048 bits or more')
  }
  const root = parseXml(text, limits)
  if (!root.ok) return root
  // Before xml-crypto sees it: its work grows with the square of the references and transforms.
  const signature = readSignature(root.value)
  if (!signature.ok) return signature
  const signed = await signedBytes(text.replace(/^\uFEFF/, ''), signature.value, certificate)
  if (!signed.ok) return signed
  const signedRoot = parseXml(signed.value, limits)
  return signedRoot.ok && sameName(signedRoot.value, root.value)
    ? signedRoot
    : bad('the signature covers something else')
}

async function signedBytes(
  text: string,
  signature: XmlElement,
  certificate: X509Certificate,
): Promise<Reading<string>> {
  const {SignedXml} = await import('xml-crypto')
  // It reads the text with a parser of its own: what that saw must be one thing, of the name that was judged here.
  const verifier = new SignedXml({publicCert: certificate.toString(), getCertFromKeyInfo: () => null})
  try {
    verifier.loadSignature(signature as unknown as Parameters<typeof verifier.loadSignature>[0])
    const [signed, ...more] = verifier.checkSignature(text) ? verifier.getSignedReferences() : []
    return signed === undefined || signed === '' || more.length > 0
      ? bad('its content is not what was signed')
      : good(signed)
  } catch {
    return bad('its signature was not made with the key of this certificate')
  }
}

const sameName = (one: XmlElement, other: XmlElement): boolean =>
  one.namespaceURI === other.namespaceURI && one.localName === other.localName
