import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, isNamed} from '../xml/xml-tree.ts'
import {names} from './metadata-names.ts'

/** What a text that is no XML seems to be, as a clause that begins with "it"; undefined when it resembles nothing known. */
export function sayWhatTextIs(text: string): string | undefined {
  const plain = text.replace(/^\uFEFF/, '').trimStart()
  if (plain === '') return 'it is empty'
  if (/^(?:<!--.*?-->\s*)?<(?:!doctype\s+)?html\b/is.test(plain)) return sayWhichPage(plain)
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(plain)) return 'it is a private key'
  if (plain.startsWith('-----BEGIN CERTIFICATE-----')) return 'it is a certificate'
  if (!isJson(plain)) return undefined
  return /"authorization_endpoint"/.test(plain)
    ? 'it is an OpenID Connect discovery document; WS-Federation or SAML 2.0 metadata is needed'
    : 'it is JSON'
}

/** What a document is in which no identity provider was found, as a clause that begins with "it" or "its". */
export function sayWhatElementIs(root: XmlElement): string {
  if (isNamed(root, names.metadata, 'EntitiesDescriptor'))
    return 'it is a list of entities without an identity provider'
  if (!isNamed(root, names.metadata, 'EntityDescriptor')) {
    return `its root element is ${root.localName} (${root.namespaceURI ?? 'no namespace'}), not EntityDescriptor`
  }
  const entity = attributeOf(root, 'entityID') ?? 'an entity without a name'
  const isServiceProvider =
    childElements(root, names.metadata, 'SPSSODescriptor').length > 0 ||
    childElements(root, names.metadata, 'RoleDescriptor').length > 0
  return isServiceProvider
    ? `it describes a service provider (${entity}), which receives tokens and issues none`
    : `it describes ${entity} without the role of an identity provider by WS-Federation or SAML 2.0`
}

function sayWhichPage(html: string): string {
  const title = /<title[^>]*>([^<]{1,80})/i.exec(html)?.[1]?.trim().replaceAll(/\s+/g, ' ')
  return title ? `it is a web page ("${title}")` : 'it is a web page'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
