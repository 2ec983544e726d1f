import {SignedXml} from 'xml-crypto'
import type {SigningIdentity} from '../../src/lib/certificates/create-self-signed.ts'
import type {SigningCertificate} from '../../src/lib/certificates/signing-certificate.ts'
import {type Xml, xml} from '../../src/lib/xml/write-xml.ts'

export interface AdfsMetadata {
  readonly host: string
  /** In the document's order. */
  readonly signing: readonly SigningCertificate[]
  readonly encryption: SigningCertificate
}

/** Federation metadata in the shape AD FS 2016 and later publish it, unsigned. */
export function adfsMetadata({host, signing, encryption}: AdfsMetadata): string {
  const services = `https://${host}/adfs/services/trust`
  const signingKeys = signing.map((certificate) => keyDescriptor('signing', certificate))
  const encryptionKey = keyDescriptor('encryption', encryption)
  const protocols =
    'http://docs.oasis-open.org/ws-sx/ws-trust/200512 http://schemas.xmlsoap.org/ws/2005/02/trust http://docs.oasis-open.org/wsfed/federation/200706'
  return `${xml`<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_4f3c7a52-6d1f-4e0e-9a55-0b6f8a2d9c11" entityID="http://${host}/adfs/services/trust" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><RoleDescriptor xsi:type="fed:ApplicationServiceType" protocolSupportEnumeration="${protocols}" ServiceDisplayName="Contoso" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">${encryptionKey}<fed:TargetScopes>${reference(`${services}/2005/issuedtokenmixedasymmetricbasic256`)}${reference(`http://${host}/adfs/services/trust`)}</fed:TargetScopes><fed:ApplicationServiceEndpoint>${reference(`${services}/2005/issuedtokenmixedasymmetricbasic256`)}</fed:ApplicationServiceEndpoint><fed:PassiveRequestorEndpoint>${reference(`https://${host}/adfs/ls/`)}</fed:PassiveRequestorEndpoint></RoleDescriptor><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="${protocols}" ServiceDisplayName="Contoso" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">${encryptionKey}${signingKeys}<fed:TokenTypesOffered><fed:TokenType Uri="urn:oasis:names:tc:SAML:2.0:assertion"/><fed:TokenType Uri="urn:oasis:names:tc:SAML:1.0:assertion"/></fed:TokenTypesOffered><fed:SecurityTokenServiceEndpoint><EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>${services}/2005/certificatemixed</Address><Metadata><Metadata xmlns="http://schemas.xmlsoap.org/ws/2004/09/mex" xmlns:wsx="http://schemas.xmlsoap.org/ws/2004/09/mex"><wsx:MetadataSection Dialect="http://schemas.xmlsoap.org/ws/2004/09/mex" xmlns=""><wsx:MetadataReference><Address xmlns="http://www.w3.org/2005/08/addressing">${services}/mex</Address></wsx:MetadataReference></wsx:MetadataSection></Metadata></Metadata></EndpointReference></fed:SecurityTokenServiceEndpoint><fed:PassiveRequestorEndpoint>${reference(`https://${host}/adfs/ls/`)}</fed:PassiveRequestorEndpoint></RoleDescriptor><SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${encryptionKey}<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://${host}/adfs/ls/" index="0" isDefault="true"/></SPSSODescriptor><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${encryptionKey}${signingKeys}<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/adfs/ls/"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/adfs/ls/"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://${host}/adfs/ls/"/></IDPSSODescriptor><ContactPerson contactType="support"/></EntityDescriptor>`}`
}

const reference = (address: string): Xml =>
  xml`<EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>${address}</Address></EndpointReference>`

const keyDescriptor = (use: string, certificate: SigningCertificate): Xml =>
  xml`<KeyDescriptor use="${use}"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${toBase64(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`

const toBase64 = ({der}: SigningCertificate): string => Buffer.from(der).toString('base64')

/** The document signed as AD FS signs it: enveloped, first in the root, the certificate in KeyInfo. */
export function signMetadata(text: string, {privateKey, certificate}: SigningIdentity): string {
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
  const signer = new SignedXml({
    privateKey,
    publicCert: toBase64(certificate),
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  })
  signer.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signer.computeSignature(text, {location: {reference: '/*', action: 'prepend'}, prefix: 'ds'})
  return signer.getSignedXml()
}
