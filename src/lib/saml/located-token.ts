import type {XmlElement} from '../xml/parse-xml.ts'
import {childElements, elementsIn, isNamed} from '../xml/xml-tree.ts'
import {samlNames, trustNamespaces} from './saml-names.ts'

/** The one assertion of a document, and what carries it. */
export interface LocatedToken {
  readonly carrier: 'trustResponse' | 'samlResponse' | 'assertion'
  readonly root: XmlElement
  /** The SAML 2.0 response around it. */
  readonly response: XmlElement | undefined
  readonly assertion: XmlElement
}

/** Whether this element is an assertion of SAML 1.1 or 2.0. */
export const isAssertion = (element: XmlElement): boolean =>
  isNamed(element, samlNames.saml11, 'Assertion') || isNamed(element, samlNames.saml20, 'Assertion')

/** The token that sits at the one place where its carrier has it; undefined when it sits anywhere else, or not alone. */
export function findToken(root: XmlElement): LocatedToken | undefined {
  if (isAssertion(root)) return {carrier: 'assertion', root, response: undefined, assertion: root}
  if (isNamed(root, samlNames.protocol, 'Response')) {
    const assertion = onlyAssertion(childElements(root, samlNames.saml20, 'Assertion'))
    return assertion && {carrier: 'samlResponse', root, response: root, assertion}
  }
  const requested = trustNamespaces.flatMap((namespace) => findRequested(root, namespace))
  const assertion = requested.length === 1 ? onlyAssertion(requested.flatMap(elementsIn)) : undefined
  return assertion && {carrier: 'trustResponse', root, response: undefined, assertion}
}

/** The RequestedSecurityTokens of a response of this WS-Trust, which in 1.3 may stand in a collection of exactly one. */
function findRequested(root: XmlElement, namespace: string): XmlElement[] {
  if (isNamed(root, namespace, 'RequestSecurityTokenResponseCollection')) {
    const children = elementsIn(root)
    const [response] = childElements(root, namespace, 'RequestSecurityTokenResponse')
    return children.length === 1 && response !== undefined ? findRequested(response, namespace) : []
  }
  return isNamed(root, namespace, 'RequestSecurityTokenResponse')
    ? childElements(root, namespace, 'RequestedSecurityToken')
    : []
}

function onlyAssertion([first, ...more]: readonly XmlElement[]): XmlElement | undefined {
  return first !== undefined && more.length === 0 && isAssertion(first) ? first : undefined
}
