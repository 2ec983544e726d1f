import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements} from '../xml/xml-tree.ts'
import {plainText} from './plain-text.ts'
import {samlNames} from './saml-names.ts'
import type {ResponseFacts} from './signed-token.ts'

/** What a SAML 2.0 response says besides its assertion (SAML 2.0 core 3.2.2). */
export function readResponseFacts(response: XmlElement, isSigned: boolean): ResponseFacts {
  const [issuer] = childElements(response, samlNames.saml20, 'Issuer')
  const codes = childElements(response, samlNames.protocol, 'Status').flatMap((status) =>
    childElements(status, samlNames.protocol, 'StatusCode'),
  )
  return {
    isSigned,
    version: attributeOf(response, 'Version'),
    issuer: issuer && plainText(issuer),
    destination: attributeOf(response, 'Destination'),
    inResponseTo: attributeOf(response, 'InResponseTo'),
    statuses: codes.map((code) => attributeOf(code, 'Value') ?? ''),
  }
}
