import {type Xml, xml} from '../xml/write-xml.ts'
import {binding, names} from './metadata-names.ts'
import {type RelyingParty, type RelyingPartyFile, relyingPartyIdentifier} from './relying-party.ts'

/** The directory described in the standards' own form, for every identity provider that reads metadata. */
export function metadataFiles({replyAddress}: RelyingParty): RelyingPartyFile[] {
  return [
    {
      name: 'relying-party-wsfed-metadata.xml',
      purpose: 'Metadata of the directory for identity providers that speak WS-Federation.',
      content: writeDocument(describeByWsFederation(replyAddress)),
    },
    {
      name: 'relying-party-saml-metadata.xml',
      purpose: 'Metadata of the directory for identity providers that speak SAML 2.0.',
      content: writeDocument(describeBySaml(replyAddress)),
    },
  ]
}

const writeDocument = (role: Xml): string =>
  `${xml`<?xml version="1.0" encoding="utf-8"?>
<EntityDescriptor xmlns="${names.metadata}" entityID="${relyingPartyIdentifier}">
${role}
</EntityDescriptor>
`}`

/** An application service (WS-Federation 1.2, 3.1.2.3): it asks for the two claims and takes tokens at the passive endpoint. */
const describeByWsFederation = (replyAddress: string): Xml =>
  xml`  <RoleDescriptor xmlns:xsi="${names.schemaInstance}" xmlns:fed="${names.federation}" xsi:type="fed:ApplicationServiceType" protocolSupportEnumeration="${names.federation}">
    <fed:ClaimTypesRequested xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706">
      <auth:ClaimType Uri="http://schemas.xmlsoap.org/claims/UPN" Optional="false"/>
      <auth:ClaimType Uri="http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID" Optional="false"/>
    </fed:ClaimTypesRequested>
    <fed:TargetScopes>
      ${endpointReference(relyingPartyIdentifier)}
    </fed:TargetScopes>
    <fed:ApplicationServiceEndpoint>
      ${endpointReference(replyAddress)}
    </fed:ApplicationServiceEndpoint>
    <fed:PassiveRequestorEndpoint>
      ${endpointReference(replyAddress)}
    </fed:PassiveRequestorEndpoint>
  </RoleDescriptor>`

const endpointReference = (address: string): Xml =>
  xml`<EndpointReference xmlns="${names.addressing}"><Address>${address}</Address></EndpointReference>`

/**
 * A service provider (SAML 2.0 Metadata, 2.4.4) that wants signed assertions, a persistent name identifier, which is the immutable id,
 * and the UPN as IDPEmail.
 */
const describeBySaml = (replyAddress: string): Xml =>
  xml`  <SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="${names.samlProtocol}">
    <SingleLogoutService Binding="${binding('HTTP-POST')}" Location="${replyAddress}"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="${binding('HTTP-POST')}" Location="${replyAddress}"/>
    <AttributeConsumingService index="0" isDefault="true">
      <ServiceName xml:lang="en">Microsoft Online</ServiceName>
      <RequestedAttribute Name="IDPEmail" isRequired="true"/>
    </AttributeConsumingService>
  </SPSSODescriptor>`
