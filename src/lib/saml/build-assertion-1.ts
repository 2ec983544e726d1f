import {FedctlError} from '../errors/fedctl-error.ts'
import type {SignableXml} from '../xml/sign-xml.ts'
import {type Xml, xml} from '../xml/write-xml.ts'
import {claimsByType} from './claim.ts'
import type {TokenContent} from './token-content.ts'

/**
 * A SAML 1.1 assertion (SAML 1.1 core, 2.3): how the user was authenticated, and the claims, of one subject whom the bearer is. The name
 * identifier says nothing of its format, as AD FS writes it. Fails with ValueMalformed for a claim type without a namespace.
 */
export function buildAssertion1(id: string, content: TokenContent): SignableXml {
  const from = content.notBefore.toISOString()
  const subject = xml`<saml:Subject><saml:NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${content.nameId}</saml:NameIdentifier><saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation></saml:Subject>`
  const attributes = claimsByType(content.claims).map(attribute)
  // The schema knows no statement without an attribute.
  const statement =
    attributes.length === 0
      ? undefined
      : xml`<saml:AttributeStatement>${subject}${attributes}</saml:AttributeStatement>`
  return {
    id,
    // The signature is the last child (SAML 1.1 core, 2.3.2).
    write: (signature) =>
      xml`<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" MajorVersion="1" MinorVersion="1" AssertionID="${id}" Issuer="${content.issuer}" IssueInstant="${from}"><saml:Conditions NotBefore="${from}" NotOnOrAfter="${content.notOnOrAfter.toISOString()}"><saml:AudienceRestrictionCondition><saml:Audience>${content.audience}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>${statement}<saml:AuthenticationStatement AuthenticationMethod="${content.authenticationMethod}" AuthenticationInstant="${from}">${subject}</saml:AuthenticationStatement>${signature}</saml:Assertion>`,
  }
}

function attribute([type, values]: readonly [string, readonly string[]]): Xml {
  const [, namespace, name] = /^(.+)\/([^/]+)$/s.exec(type) ?? []
  if (namespace === undefined)
    throw new FedctlError('ValueMalformed', `The claim type "${type}" has no namespace, which SAML 1.1 needs.`, {
      hints: ['Write it as NAMESPACE/NAME, as in http://schemas.xmlsoap.org/claims/UPN.'],
    })
  return xml`<saml:Attribute AttributeName="${name}" AttributeNamespace="${namespace}">${values.map((value) => xml`<saml:AttributeValue>${value}</saml:AttributeValue>`)}</saml:Attribute>`
}
