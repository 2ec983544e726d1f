import {deflateRawSync} from 'node:zlib'
import {cloudAudience} from '../../../saml/expected-token.ts'
import {xml} from '../../../xml/write-xml.ts'

/** What is asked of a SAML identity provider. */
export interface SamlRequest {
  readonly id: string
  readonly destination: string
  readonly time: Date
  /** Where the answer is posted to; when it is not said, where the identity provider has it from elsewhere. */
  readonly reply: string | undefined
  readonly relayState: string
}

/** The address with a request to sign somebody in (SAML 2.0 core, 3.4.1; bindings, 3.4: redirect). */
export function toSamlRequest({id, destination, time, reply, relayState}: SamlRequest): string {
  const consumer = reply === undefined ? xml`` : xml` AssertionConsumerServiceURL="${reply}"`
  const request = xml`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${time.toISOString()}" Destination="${destination}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"${consumer}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${cloudAudience}</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"/></samlp:AuthnRequest>`
  const address = new URL(destination)
  address.searchParams.set('SAMLRequest', deflateRawSync(Buffer.from(String(request))).toString('base64'))
  address.searchParams.set('RelayState', relayState)
  return address.href
}
