import {SignedXml} from 'xml-crypto'
import {signatureBy} from './signature-by.ts'

export type Edit = (text: string) => string

/** A token to sign: which form, and what to change before and after signing. */
export interface TokenPlan {
  readonly form?: 'wsFed' | 'saml' | 'saml20InTrust'
  /** Changes what is in the assertion before it is signed. */
  readonly assertion?: Edit
  /** Changes the response around it, before that is signed if it is. */
  readonly response?: Edit
  /** Changes the whole when all is signed. */
  readonly whole?: Edit
  readonly signs?: 'assertion' | 'response' | 'both' | 'nothing'
  readonly signatureMethod?: string
  readonly digestMethod?: string
  readonly transforms?: readonly string[]
  readonly inclusivePrefixes?: readonly string[]
}

/** What the tokens say when nothing is changed. */
export const said = {
  at: new Date('2026-11-21T12:00:00Z'),
  issuer: 'urn:fabrikam:com',
  audience: 'urn:federation:MicrosoftOnline',
  recipient: 'https://login.microsoftonline.com/login.srf',
  requestId: '_request1',
  immutableId: 'EBESExQVFhcYGRobHB0eHw==',
  userPrincipalName: 'grace@fabrikam.com',
} as const

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const same: Edit = (text) => text

/** A token as an identity provider posts it, signed with this key (PEM). */
export function signToken(key: string, plan: TokenPlan = {}): string {
  const {form = 'wsFed', signs = 'assertion', whole = same} = plan
  const isSaml20 = form !== 'wsFed'
  const place = isSaml20 ? 'after' : 'append'
  const bare = (plan.assertion ?? same)(isSaml20 ? assertion20 : assertion11)
  const signsAssertion = signs === 'assertion' || signs === 'both'
  const assertion = signsAssertion ? sign(bare, key, plan, place) : bare
  const around = (plan.response ?? same)(form === 'saml' ? response(assertion) : trustResponse(assertion))
  return whole(signs === 'response' || signs === 'both' ? sign(around, key, plan, place) : around)
}

function sign(text: string, key: string, plan: TokenPlan, place: 'after' | 'append'): string {
  const method = plan.signatureMethod ?? `${more}rsa-sha256`
  const signer = new SignedXml({
    privateKey: key,
    idAttribute: 'AssertionID',
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: method,
  })
  Object.assign(signer.SignatureAlgorithms, signatureBy(method))
  signer.addReference({
    xpath: '/*',
    transforms: plan.transforms ?? [enveloped, exclusive],
    digestAlgorithm: plan.digestMethod ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: [...(plan.inclusivePrefixes ?? [])],
  })
  const reference = place === 'after' ? "/*/*[local-name(.)='Issuer']" : '/*'
  signer.computeSignature(text, {prefix: 'ds', location: {reference, action: place}})
  return signer.getSignedXml()
}

const times = 'NotBefore="2026-11-21T11:59:30Z" NotOnOrAfter="2026-11-21T12:59:30Z"'
const subject11 =
  `<saml:Subject><saml:NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${said.immutableId}</saml:NameIdentifier>` +
  '<saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation></saml:Subject>'
const attribute11 = (namespace: string, name: string, value: string): string =>
  `<saml:Attribute AttributeName="${name}" AttributeNamespace="${namespace}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`

const assertion11 =
  `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" MajorVersion="1" MinorVersion="1" AssertionID="_assertion1" Issuer="${said.issuer}" IssueInstant="2026-11-21T11:59:30Z">` +
  `<saml:Conditions ${times}><saml:AudienceRestrictionCondition><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>` +
  `<saml:AttributeStatement>${subject11}${attribute11('http://schemas.xmlsoap.org/claims', 'UPN', said.userPrincipalName)}` +
  `${attribute11('http://schemas.microsoft.com/LiveID/Federation/2008/05', 'ImmutableID', said.immutableId)}</saml:AttributeStatement>` +
  `<saml:AuthenticationStatement AuthenticationMethod="urn:oasis:names:tc:SAML:1.0:am:password" AuthenticationInstant="2026-11-21T11:59:30Z">${subject11}</saml:AuthenticationStatement></saml:Assertion>`

const assertion20 =
  `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="_assertion1" IssueInstant="2026-11-21T11:59:30Z"><saml:Issuer>${said.issuer}</saml:Issuer>` +
  `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${said.immutableId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` +
  `<saml:SubjectConfirmationData InResponseTo="${said.requestId}" Recipient="${said.recipient}" NotOnOrAfter="2026-11-21T12:04:30Z"/></saml:SubjectConfirmation></saml:Subject>` +
  `<saml:Conditions ${times}><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
  '<saml:AuthnStatement AuthnInstant="2026-11-21T11:59:30Z" SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>' +
  `<saml:AttributeStatement><saml:Attribute Name="IDPEmail"><saml:AttributeValue>${said.userPrincipalName}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`

const response = (assertion: string): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response1" Version="2.0" IssueInstant="2026-11-21T11:59:30Z" Destination="${said.recipient}" InResponseTo="${said.requestId}">` +
  `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${said.issuer}</saml2:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`

const trustResponse = (assertion: string): string =>
  `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken>${assertion}</t:RequestedSecurityToken><t:TokenType>urn:oasis:names:tc:SAML:1.0:assertion</t:TokenType></t:RequestSecurityTokenResponse>`
