import type {FederationSettings} from '../../lib/model/federation-settings.ts'
import {viewOf} from './view.ts'

/** In MSOnline's order; what is shown when nothing is asked for is the product source's. */
export const federationSettingsView = viewOf<FederationSettings>(
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
