import * as Flags from '@oclif/core/flags'
import {federatedIdpMfaBehaviors} from '../../lib/model/federation-settings.ts'
import {metadataFlags} from './metadata.ts'
import {yesNo} from './value.ts'

const address = (summary: string) => Flags.string({summary, helpValue: 'URL'})
const certificate = (summary: string) => Flags.string({summary, helpValue: 'FILE|BASE64'})

/** The settings of a trust that can be written; an empty text clears one. */
export const federationSettingsFlags = {
  'active-log-on-uri': address('Where programs sign in (WS-Trust).'),
  'federated-idp-mfa-behavior': Flags.option({
    summary: 'Whether multi-factor authentication at the identity provider counts.',
    options: federatedIdpMfaBehaviors,
  })(),
  'federation-brand-name': Flags.string({summary: 'Name of the provider as the sign-in page shows it.'}),
  'is-signed-authentication-request-required': yesNo({summary: 'Whether sign-in requests are signed (SAML 2.0).'}),
  'issuer-uri': Flags.string({summary: 'The issuer that tokens name.', helpValue: 'URI'}),
  'log-off-uri': address('Where users are sent when they sign out.'),
  'metadata-exchange-uri': address('Where rich clients ask for the WS-Trust metadata (MEX).'),
  'next-signing-certificate': certificate('The certificate that will follow.'),
  'passive-log-on-uri': address('Where browsers are sent to sign in.'),
  'password-reset-uri': address('Where users reset a forgotten password.'),
  'preferred-authentication-protocol': metadataFlags['preferred-authentication-protocol'],
  'prompt-login-behavior': Flags.option({
    summary: 'How a fresh sign-in is asked of the provider.',
    options: ['TranslateToFreshPasswordAuth', 'NativeSupport', 'Disabled'] as const,
  })(),
  'signing-certificate': certificate('The certificate by which tokens are checked.'),
}

/** Where the settings of a provider come from: its metadata, and over it what is given one by one. */
export const providerFlags = {
  metadata: Flags.string({summary: 'Take them from the metadata of the provider.', helpValue: 'FILE|URL'}),
  ...metadataFlags,
  ...federationSettingsFlags,
}
