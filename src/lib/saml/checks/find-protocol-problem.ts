import type {XmlElement} from '../../xml/parse-xml.ts'
import {isNamed} from '../../xml/xml-tree.ts'
import type {Check} from '../check.ts'
import {isAssertion} from '../located-token.ts'
import {samlNames} from '../saml-names.ts'

/** What was posted is what the field it was posted in holds; a bare assertion is posted nowhere. */
export const findProtocolProblem: Check<XmlElement> = (root, {protocol}) => {
  if (protocol === undefined) return undefined
  if (isAssertion(root)) return 'it is an assertion without the response that carries it'
  const isSaml = isNamed(root, samlNames.protocol, 'Response')
  return isSaml === (protocol === 'Samlp') ? undefined : 'it is the answer of the other protocol'
}
