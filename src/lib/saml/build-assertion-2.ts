import type {SignableXml} from '../xml/sign-xml.ts'
import {type Xml, xml} from '../xml/write-xml.ts'
import {claimsByType} from './claim.ts'
import type {TokenContent} from './token-content.ts'

/**
 * A SAML 2.0 assertion for the web browser profile (SAML 2.0 profiles, 4.1.4.2): a persistent name identifier, a bearer who may present
 * it at the recipient until it ends, and exactly one way of authentication.
 */
export function buildAssertion2(id: string, content: TokenContent): SignableXml {
  const [from, until] = [content.notBefore.toISOString(), content.notOnOrAfter.toISOString()]
  const attributes = claimsByType(content.claims).map(attribute)
  // The schema knows no statement without an attribute.
  const statement =
    attributes.length === 0 ? undefined : xml`<saml:AttributeStatement>${attributes}</saml:AttributeStatement>`
  return {
    id,
    // The signature comes right after the issuer (SAML 2.0 core, 2.3.3).
    write: (signature) =>
      xml`<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${from}"><saml:Issuer>${content.issuer}</saml:Issuer>${signature}<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${content.nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${content.recipient}"${inResponseTo(content)}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${content.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${from}"><saml:AuthnContext><saml:AuthnContextClassRef>${content.authenticationMethod}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${statement}</saml:Assertion>`,
  }
}

/** The attribute that names the request which is answered; nothing for an answer that nobody asked for. */
export const inResponseTo = ({requestId}: TokenContent): Xml | undefined =>
  requestId === undefined ? undefined : xml` InResponseTo="${requestId}"`

const attribute = ([type, values]: readonly [string, readonly string[]]): Xml =>
  xml`<saml:Attribute Name="${type}"${nameFormat(type)}>${values.map((value) => xml`<saml:AttributeValue>${value}</saml:AttributeValue>`)}</saml:Attribute>`

const nameFormat = (type: string): Xml | undefined =>
  URL.canParse(type) ? xml` NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"` : undefined
