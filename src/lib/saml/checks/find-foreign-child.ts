import type {XmlElement} from '../../xml/parse-xml.ts'
import {signatureNamespace} from '../../xml/signature-names.ts'
import {elementsIn, isNamed} from '../../xml/xml-tree.ts'
import type {Check} from '../check.ts'
import {samlNames} from '../saml-names.ts'

const children = new Set([
  `${samlNames.saml20} Issuer`,
  `${signatureNamespace} Signature`,
  `${samlNames.protocol} Extensions`,
  `${samlNames.protocol} Status`,
  `${samlNames.saml20} Assertion`,
])

/** A SAML response holds what its schema has and each at most once (SAML 2.0 core 3.2.2, 3.3.3). */
export const findForeignChild: Check<XmlElement> = (root) => {
  if (!isNamed(root, samlNames.protocol, 'Response')) return undefined
  const names = elementsIn(root).map(({namespaceURI, localName}) => `${namespaceURI} ${localName}`)
  return names.every((name) => children.has(name)) && new Set(names).size === names.length
    ? undefined
    : 'the response around it has elements that no response has, or one of them twice'
}
