import {FedctlError} from '../errors/fedctl-error.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import type {FederationProtocol, IdentityProviderDescription} from './identity-provider-description.ts'

/**
 * What the directory has to believe of a domain whose users this provider signs in, by the protocol wanted, else by the provider's first
 * (WS-Federation where it has both). Fails with `MetadataUnreadable` when the provider does not speak that protocol.
 */
export function toFederationSettings(
  {issuerUri, displayName, roles}: IdentityProviderDescription,
  protocol?: FederationProtocol,
): FederationSettings {
  const role = protocol === undefined ? roles[0] : roles.find((one) => one.protocol === protocol)
  if (role === undefined) {
    const [{protocol: other}] = roles
    throw new FedctlError('MetadataUnreadable', `${issuerUri} does not speak ${protocol}, only ${other}.`)
  }
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
