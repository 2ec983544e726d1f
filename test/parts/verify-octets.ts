import {createHash, sign, type X509Certificate} from 'node:crypto'
import {parseXml} from '../../src/lib/xml/parse-xml.ts'
import {envelopedSignature, exclusiveCanonicalization, signatureNamespace} from '../../src/lib/xml/signature-names.ts'
import {verifySignedElement} from '../../src/lib/xml/verify-signed-element.ts'
import {tokenLimits} from '../../src/lib/xml/xml-limits.ts'
import type {CanonicalVector} from './canonical-vectors.ts'

/** A key to sign with (PEM) and its certificate. */
export interface VectorSigner {
  readonly key: string
  readonly certificate: X509Certificate
}

/**
 * What the judge's own verification says of a signature whose digest is that of these octets: verified only when it canonicalizes the
 * element to exactly them. The signature stands in the element, the enveloped transform takes it out again; an element without an id
 * gets one, and so do its octets.
 */
export async function verifyOctets(
  {text, element, prefixes, octets}: CanonicalVector,
  {key, certificate}: VectorSigner,
): Promise<'verified' | 'changed' | 'anotherKey'> {
  const tag = new RegExp(`<(?:\\w+:)?${element}(?=[\\s>])[^>]*>`)
  const start = tag.exec(text)?.[0] ?? ''
  const ownId = / Id="([^"]*)"/.exec(start)?.[1]
  const withId = (markup: string, at: RegExp): string =>
    ownId === undefined ? markup.replace(at, '$& ID="_vector"') : markup
  // Canonical order: the name, its declarations, then attributes without a namespace.
  const digested = withId(octets, /^<[^\s>]+(?: xmlns(?::\w+)?="[^"]*")*/)
  const signature = signatureOver(digested, {id: ownId ?? '_vector', prefixes, key})
  const signedText = text.replace(start, () => withId(start, /^<[^\s>]+/) + signature)
  const root = parseXml(signedText, tokenLimits)
  const [found] = root.ok ? Array.from(root.value.getElementsByTagName('v:Signature')) : []
  const signed = found?.parentElement
  if (found === undefined || !signed) throw new Error('the vector cannot be signed')
  return (await verifySignedElement({signature: found, signed, text: signedText}, certificate, tokenLimits)).outcome
}

interface Wanted {
  readonly id: string
  readonly prefixes: string | undefined
  readonly key: string
}

/** Written in canonical form, so that it is signed as it stands. */
function signatureOver(octets: string, {id, prefixes, key}: Wanted): string {
  const list =
    prefixes === undefined
      ? ''
      : `<e:InclusiveNamespaces xmlns:e="${exclusiveCanonicalization}" PrefixList="${prefixes}"></e:InclusiveNamespaces>`
  const digest = createHash('sha256').update(octets).digest('base64')
  const method = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  const information =
    `<v:SignedInfo xmlns:v="${signatureNamespace}"><v:CanonicalizationMethod Algorithm="${exclusiveCanonicalization}"></v:CanonicalizationMethod>` +
    `<v:SignatureMethod Algorithm="${method}"></v:SignatureMethod><v:Reference URI="#${id}"><v:Transforms><v:Transform Algorithm="${envelopedSignature}"></v:Transform>` +
    `<v:Transform Algorithm="${exclusiveCanonicalization}">${list}</v:Transform></v:Transforms>` +
    `<v:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></v:DigestMethod><v:DigestValue>${digest}</v:DigestValue></v:Reference></v:SignedInfo>`
  const value = sign('sha256', Buffer.from(information), key).toString('base64')
  return `<v:Signature xmlns:v="${signatureNamespace}">${information}<v:SignatureValue>${value}</v:SignatureValue></v:Signature>`
}
