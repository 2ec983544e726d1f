/** What the directory believes of a domain's identity provider (MSOnline's DomainFederationSettings and two of Graph's). */
export interface FederationSettings {
  readonly activeLogOnUri?: string
  readonly defaultInteractiveAuthenticationMethod?: string
  readonly federationBrandName?: string
  readonly issuerUri: string
  readonly logOffUri?: string
  readonly metadataExchangeUri?: string
  /** Base64 of the DER certificate, one line. */
  readonly nextSigningCertificate?: string
  readonly openIdConnectDiscoveryEndpoint?: string
  readonly passiveLogOnUri?: string
  readonly passwordChangeUri?: string
  readonly passwordResetUri?: string
  readonly preferredAuthenticationProtocol?: 'WsFed' | 'Samlp'
  readonly promptLoginBehavior?: 'TranslateToFreshPasswordAuth' | 'NativeSupport' | 'Disabled'
  /** Base64 of the DER certificate, one line. */
  readonly signingCertificate?: string
  readonly signingCertificateUpdateStatus?: string
  readonly supportsMfa?: boolean
  readonly federatedIdpMfaBehavior?: FederatedIdpMfaBehavior
  readonly isSignedAuthenticationRequestRequired?: boolean
}

/** What the directory does about multi-factor authentication that the identity provider claims. */
export const federatedIdpMfaBehaviors = [
  'acceptIfMfaDoneByFederatedIdp',
  'enforceMfaByFederatedIdp',
  'rejectMfaByFederatedIdp',
] as const
/** One of them. */
export type FederatedIdpMfaBehavior = (typeof federatedIdpMfaBehaviors)[number]
