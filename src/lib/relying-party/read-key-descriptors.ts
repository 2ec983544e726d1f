import {readCertificate} from '../certificates/read-certificates.ts'
import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import {bad, good, type Reading} from '../model/reading.ts'
import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, textOf} from '../xml/xml-tree.ts'
import {names} from './metadata-names.ts'

/** The certificates of a role descriptor by what they are for, in the document's order, each once. */
export interface PublishedCertificates {
  readonly signing: readonly SigningCertificate[]
  readonly encryption: readonly SigningCertificate[]
}

/** Reads the KeyDescriptors of a role (SAML 2.0 Metadata, 2.4.1.1); one without a use is for both. A bare key is passed over. */
export function readKeyDescriptors(descriptor: XmlElement): Reading<PublishedCertificates> {
  const published = {signing: new Map<string, SigningCertificate>(), encryption: new Map<string, SigningCertificate>()}
  for (const key of childElements(descriptor, names.metadata, 'KeyDescriptor')) {
    const certificate = readKeyCertificate(key)
    if (!certificate.ok) return certificate
    const {value} = certificate
    const use = attributeOf(key, 'use')
    for (const name of ['signing', 'encryption'] as const) {
      if (value !== undefined && (use === undefined || use === name)) published[name].set(value.thumbprint, value)
    }
  }
  return good({signing: [...published.signing.values()], encryption: [...published.encryption.values()]})
}

/** The first certificate under an element that has a KeyInfo: the others of a chain do not sign. */
export function readKeyCertificate(parent: XmlElement): Reading<SigningCertificate | undefined> {
  const [text] = childElements(parent, names.signature, 'KeyInfo')
    .flatMap((info) => childElements(info, names.signature, 'X509Data'))
    .flatMap((data) => childElements(data, names.signature, 'X509Certificate'))
    .map(textOf)
  if (text === undefined) return good(undefined)
  const certificate = readCertificate(text)
  return certificate.ok ? certificate : bad(`a certificate in it is not readable: ${certificate.problem}`)
}
