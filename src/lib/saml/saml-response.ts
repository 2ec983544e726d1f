import type {SignableXml} from '../xml/sign-xml.ts'
import {type Xml, xml} from '../xml/write-xml.ts'
import {inResponseTo} from './build-assertion-2.ts'
import type {TokenContent} from './token-content.ts'

/** A SAML 2.0 response that says yes (SAML 2.0 core, 3.3.3), with one assertion; it can be signed or left as it is. */
export function buildSamlResponse(id: string, assertion: Xml, content: TokenContent): SignableXml {
  return {
    id,
    write: (signature) =>
      xml`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${content.notBefore.toISOString()}" Destination="${content.recipient}"${inResponseTo(content)}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${content.issuer}</saml:Issuer>${signature}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`,
  }
}
