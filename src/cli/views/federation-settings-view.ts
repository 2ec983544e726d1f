import type {FederationSettings} from '../../lib/model/federation-settings.ts'
import {viewOf} from './view.ts'

/** The settings of a trust and, at the embedded directory, what its tokens are allowed. */
export interface FederationSettingsRecord extends FederationSettings {
  readonly tokenLifetimeMinutes?: number
  readonly allowSha1?: boolean
}

/** In MSOnline's order; what is shown when nothing is asked for is the product source's. */
export const federationSettingsView = viewOf<FederationSettingsRecord>(
  [
    'activeLogOnUri',
    'defaultInteractiveAuthenticationMethod',
    'federationBrandName',
    'issuerUri',
    'logOffUri',
    'metadataExchangeUri',
    'nextSigningCertificate',
    'openIdConnectDiscoveryEndpoint',
    'passiveLogOnUri',
    'passwordChangeUri',
    'passwordResetUri',
    'preferredAuthenticationProtocol',
    'promptLoginBehavior',
    'signingCertificate',
    'signingCertificateUpdateStatus',
    'supportsMfa',
    'federatedIdpMfaBehavior',
    'isSignedAuthenticationRequestRequired',
    'tokenLifetimeMinutes',
    'allowSha1',
  ],
  {
    list: [
      'activeLogOnUri',
      'federationBrandName',
      'issuerUri',
      'logOffUri',
      'metadataExchangeUri',
      'nextSigningCertificate',
      'passiveLogOnUri',
      'signingCertificate',
    ],
    table: ['issuerUri', 'passiveLogOnUri', 'federationBrandName'],
  },
)
