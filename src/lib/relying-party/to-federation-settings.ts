import type {FederationSettings} from '../model/federation-settings.ts'
import type {FederationProtocol, IdentityProviderDescription} from './identity-provider-description.ts'

/**
 * What the directory has to believe of a domain whose users this provider signs in, by the protocol wanted, else by the provider's first
 * (WS-Federation where it has both); undefined when the provider does not speak that protocol.
 */
export function toFederationSettings(
  {issuerUri, displayName, roles}: IdentityProviderDescription,
  protocol?: FederationProtocol,
): FederationSettings | undefined {
  const role = protocol === undefined ? roles[0] : roles.find((one) => one.protocol === protocol)
  if (role === undefined) return undefined
  const {certificates, protocol: preferredAuthenticationProtocol, ...addresses} = role
  return {
    ...addresses,
    ...(displayName === undefined ? {} : {federationBrandName: displayName}),
    issuerUri,
    ...(certificates.next === undefined ? {} : {nextSigningCertificate: toBase64(certificates.next.der)}),
    preferredAuthenticationProtocol,
    signingCertificate: toBase64(certificates.current.der),
  }
}

const toBase64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
