import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, textOf} from '../xml/xml-tree.ts'
import type {ProviderRole} from './identity-provider-description.ts'
import {binding, names} from './metadata-names.ts'

/** The addresses of one role descriptor, without its certificates. */
export type RoleAddresses = Omit<ProviderRole, 'certificates'>

/** The descriptors of an entity by which it issues tokens, with the addresses each one names; WS-Federation first. */
export function readRoles(entity: XmlElement): {descriptor: XmlElement; addresses: RoleAddresses}[] {
  const tokenServices = childElements(entity, names.metadata, 'RoleDescriptor').filter(isTokenService)
  const samlProviders = childElements(entity, names.metadata, 'IDPSSODescriptor').filter((descriptor) =>
    attributeOf(descriptor, 'protocolSupportEnumeration')?.split(/\s+/).includes(names.samlProtocol),
  )
  return [
    ...tokenServices.slice(0, 1).map((descriptor) => ({descriptor, addresses: readTokenService(descriptor)})),
    ...samlProviders.slice(0, 1).map((descriptor) => ({descriptor, addresses: readSamlProvider(descriptor)})),
  ]
}

/** The type is a QName: its prefix counts only by the namespace it is bound to (WS-Federation 1.2, 3.1.2). */
function isTokenService(descriptor: XmlElement): boolean {
  const type = descriptor.getAttributeNS(names.schemaInstance, 'type') ?? ''
  const [prefix, localName] = type.includes(':') ? type.split(':') : ['', type]
  return localName === 'SecurityTokenServiceType' && descriptor.lookupNamespaceURI(prefix ?? '') === names.federation
}

function readTokenService(descriptor: XmlElement): RoleAddresses {
  const [passiveLogOnUri] = addressesOf(descriptor, 'PassiveRequestorEndpoint')
  const active = addressesOf(descriptor, 'SecurityTokenServiceEndpoint').filter((uri) => uri !== passiveLogOnUri)
  const activeLogOnUri = active.find((uri) => uri.endsWith('/usernamemixed')) ?? active.map(toUserNameEndpoint)[0]
  const [metadataExchangeUri] = Array.from(
    descriptor.getElementsByTagNameNS(names.metadataExchange, 'MetadataReference'),
  ).flatMap((reference) => childElements(reference, names.addressing, 'Address').map(textOf))
  return {
    protocol: 'WsFed',
    // Sign-out goes to the passive address too, told from sign-in by its wa parameter (WS-Federation 1.2, 13.2.4).
    ...present({passiveLogOnUri, activeLogOnUri, metadataExchangeUri, logOffUri: passiveLogOnUri}),
  }
}

/** AD FS names its endpoint for client certificates alone; the one that takes a password, which the directory asks, is beside it. */
const toUserNameEndpoint = (uri: string): string =>
  uri.replace(/(\/adfs\/services\/trust\/(?:2005|13)\/)certificatemixed$/i, '$1usernamemixed')

function addressesOf(descriptor: XmlElement, endpoint: string): string[] {
  return childElements(descriptor, names.federation, endpoint)
    .flatMap((element) => childElements(element, names.addressing, 'EndpointReference'))
    .flatMap((reference) => childElements(reference, names.addressing, 'Address'))
    .map(textOf)
    .filter((address) => address !== '')
}

function readSamlProvider(descriptor: XmlElement): RoleAddresses {
  const signOn = locationsOf(descriptor, 'SingleSignOnService')
  const signOff = locationsOf(descriptor, 'SingleLogoutService')
  // The directory posts its requests, and redirects for sign-out.
  const passiveLogOnUri = signOn.get(binding('HTTP-POST')) ?? signOn.get(binding('HTTP-Redirect'))
  const logOffUri = signOff.get(binding('HTTP-Redirect')) ?? signOff.get(binding('HTTP-POST'))
  const activeLogOnUri = signOn.get(binding('SOAP')) ?? passiveLogOnUri
  return {protocol: 'Samlp', ...present({passiveLogOnUri, activeLogOnUri, logOffUri})}
}

function locationsOf(descriptor: XmlElement, service: string): Map<string, string> {
  const pairs = childElements(descriptor, names.metadata, service).map(
    (element) => [attributeOf(element, 'Binding') ?? '', attributeOf(element, 'Location') ?? ''] as const,
  )
  return new Map(pairs.filter(([, location]) => location !== '').toReversed())
}

const present = <T extends Record<string, string | undefined>>(values: T): {[K in keyof T]?: string} =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {[K in keyof T]?: string}
