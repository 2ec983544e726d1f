import {type Xml, xml} from '../xml/write-xml.ts'
import type {SamlVersion, TokenContent} from './token-content.ts'

/** The versions of WS-Trust: that of February 2005, which WS-Federation sign-ins use, and 1.3. */
export const trustVersions = ['2005', '1.3'] as const
/** One of them. */
export type TrustVersion = (typeof trustVersions)[number]

const namespaces: Readonly<Record<TrustVersion, string>> = {
  '2005': 'http://schemas.xmlsoap.org/ws/2005/02/trust',
  '1.3': 'http://docs.oasis-open.org/ws-sx/ws-trust/200512',
}

/** A bearer's token proves no key; each version has its own name for that. */
const keyTypes: Readonly<Record<TrustVersion, string>> = {
  '2005': 'http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey',
  '1.3': `${namespaces['1.3']}/Bearer`,
}

const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'

/** What stands around an assertion in a token response. */
export interface TokenResponseWanted {
  readonly version: TrustVersion
  readonly samlVersion: SamlVersion
}

/** The answer to a request for a token (WS-Trust 2005/02, 6.2; WS-Trust 1.3, 4.4, where it is a collection of one). Nothing in it is signed but the assertion. */
export function buildTokenResponse(
  assertion: Xml,
  content: TokenContent,
  {version, samlVersion}: TokenResponseWanted,
): Xml {
  const trust = namespaces[version]
  const response = (declared?: Xml): Xml =>
    xml`<t:RequestSecurityTokenResponse${declared}><t:Lifetime><wsu:Created xmlns:wsu="${utility}">${content.notBefore.toISOString()}</wsu:Created><wsu:Expires xmlns:wsu="${utility}">${content.notOnOrAfter.toISOString()}</wsu:Expires></t:Lifetime><wsp:AppliesTo xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${content.audience}</wsa:Address></wsa:EndpointReference></wsp:AppliesTo><t:RequestedSecurityToken>${assertion}</t:RequestedSecurityToken><t:TokenType>urn:oasis:names:tc:SAML:${samlVersion === '1.1' ? '1.0' : '2.0'}:assertion</t:TokenType><t:RequestType>${trust}/Issue</t:RequestType><t:KeyType>${keyTypes[version]}</t:KeyType></t:RequestSecurityTokenResponse>`
  const namespace = xml` xmlns:t="${trust}"`
  return version === '2005'
    ? response(namespace)
    : xml`<t:RequestSecurityTokenResponseCollection${namespace}>${response()}</t:RequestSecurityTokenResponseCollection>`
}
