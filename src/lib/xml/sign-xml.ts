import {createHash, createPublicKey, type KeyObject, sign} from 'node:crypto'
import {FedctlError} from '../errors/fedctl-error.ts'
import {parseXml, type XmlElement} from './parse-xml.ts'
import {type Xml, xml} from './write-xml.ts'
import {tokenLimits} from './xml-limits.ts'

/** With what a document is signed. */
export interface XmlSigner {
  /** RSA of 2048 bits or more, or a key on P-256 or P-384. */
  readonly privateKey: KeyObject
  /** DER; it goes along in KeyInfo, as a hint for whoever looks for the right certificate. */
  readonly certificate: Uint8Array
}

/** An element that carries its own signature. */
export interface SignableXml {
  /** The value of its id attribute. */
  readonly id: string
  /** Writes the element: without a signature first, then with it, at the place that its schema has for it. */
  readonly write: (signature?: Xml) => Xml
}

/**
 * Signs an element by an enveloped signature (XML Signature 1.1): exclusive canonicalization, SHA-256, a reference to the element's id.
 * Fails with KeyUnreadable for a key that nobody should trust, and with ValueMalformed when the element is larger than any reader takes.
 */
export async function signXml({id, write}: SignableXml, signer: XmlSigner): Promise<Xml> {
  const method = methodOf(signer.privateKey)
  const root = parseXml(write().markup, tokenLimits)
  if (!root.ok) throw new FedctlError('ValueMalformed', `What should be signed cannot be: ${root.problem}.`)
  const content = {id, method, digest: sha256(await canonicalize(root.value))}
  // A canonical SignedInfo declares its namespace itself; in the document its parent does.
  const signed = Buffer.from(signedInfo(content, xml` xmlns:ds="${dsig}"`).markup)
  const value = sign(method.hash, signed, {key: signer.privateKey, dsaEncoding: 'ieee-p1363'})
  return write(
    xml`<ds:Signature xmlns:ds="${dsig}">${signedInfo(content)}<ds:SignatureValue>${value.toString('base64')}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${Buffer.from(signer.certificate).toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`,
  )
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const algorithms = 'http://www.w3.org/2001/04/xmldsig-more#'

interface SignatureMethod {
  readonly hash: 'sha256' | 'sha384'
  readonly algorithm: string
}

const curves: Readonly<Record<string, SignatureMethod>> = {
  prime256v1: {hash: 'sha256', algorithm: `${algorithms}ecdsa-sha256`},
  secp384r1: {hash: 'sha384', algorithm: `${algorithms}ecdsa-sha384`},
}

function methodOf(privateKey: KeyObject): SignatureMethod {
  const {asymmetricKeyType, asymmetricKeyDetails} = createPublicKey(privateKey)
  const {modulusLength = 0, namedCurve = ''} = asymmetricKeyDetails ?? {}
  if (asymmetricKeyType === 'rsa' && modulusLength >= 2048)
    return {hash: 'sha256', algorithm: `${algorithms}rsa-sha256`}
  const method = curves[namedCurve]
  if (method !== undefined) return method
  const size = modulusLength > 0 ? ` of ${modulusLength} bits` : ''
  throw new FedctlError('KeyUnreadable', `A key of the kind ${asymmetricKeyType}${size} is not fit to sign with.`, {
    hints: ['Sign with an RSA key of 2048 bits or more: fedctl new-signing-certificate.'],
  })
}

/** Already canonical: no white space, no empty-element tags, one attribute each. */
const signedInfo = (
  {id, method, digest}: {id: string; method: SignatureMethod; digest: string},
  namespace?: Xml,
): Xml =>
  xml`<ds:SignedInfo${namespace}><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${method.algorithm}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${dsig}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${exclusive}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`

async function canonicalize(root: XmlElement): Promise<string> {
  const {ExclusiveCanonicalization} = await import('xml-crypto')
  const algorithm = new ExclusiveCanonicalization()
  return algorithm.process(root as unknown as Parameters<typeof algorithm.process>[0], {})
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
