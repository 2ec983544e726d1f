/** The namespaces of federation metadata (SAML 2.0 Metadata; WS-Federation 1.2, section 3). */
export const names = {
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  samlProtocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  federation: 'http://docs.oasis-open.org/wsfed/federation/200706',
  addressing: 'http://www.w3.org/2005/08/addressing',
  metadataExchange: 'http://schemas.xmlsoap.org/ws/2004/09/mex',
  schemaInstance: 'http://www.w3.org/2001/XMLSchema-instance',
  displayInterface: 'urn:oasis:names:tc:SAML:metadata:ui',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
} as const

/** Prefix of the bindings of SAML 2.0 (SAML 2.0 Bindings, section 3). */
export const binding = (name: 'HTTP-POST' | 'HTTP-Redirect' | 'SOAP'): string =>
  `urn:oasis:names:tc:SAML:2.0:bindings:${name}`
