import type {XmlElement} from '../../xml/parse-xml.ts'
import type {Check} from '../check.ts'
import {isAssertion} from '../located-token.ts'
import {samlNames, trustNamespaces} from '../saml-names.ts'

const carriers = new Set([
  `${samlNames.protocol} Response`,
  ...trustNamespaces.map((namespace) => `${namespace} RequestSecurityTokenResponse`),
  // WS-Trust 1.3, 3.2: only there a response stands in a collection.
  `${trustNamespaces[1]} RequestSecurityTokenResponseCollection`,
])

/** The root is one of the elements that carry a token, by its expanded name. */
export const findCarrierProblem: Check<XmlElement> = (root) =>
  isAssertion(root) || carriers.has(`${root.namespaceURI} ${root.localName}`)
    ? undefined
    : 'its root is not a token response, a SAML response or an assertion'
