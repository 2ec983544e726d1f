import * as Flags from '@oclif/core/flags'
import {describeProvider} from '../cli/describe-provider.ts'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import {requiredIdentity} from '../cli/flags/identity.ts'
import {metadataFlags} from '../cli/flags/metadata.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {
  type IdentityProviderRecord,
  identityProviderView,
  toIdentityProviderRecord,
} from '../cli/views/identity-provider-view.ts'
import {toFederationSettings} from '../lib/relying-party/to-federation-settings.ts'

export default class GetIdentityProvider extends FedctlCommand<IdentityProviderRecord> {
  static override topic = 'Federation'
  static override summary = 'Read an identity provider from its federation metadata.'
  static override description =
    'WS-Federation and SAML 2.0, from a file or an https address. The certificate that signs now is told from the one that will follow; ToldApartBy says by what.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> FederationMetadata.xml',
    '<%= config.bin %> <%= command.id %> https://sts.contoso.com/FederationMetadata/2007-06/FederationMetadata.xml',
  ]
  static override args = {
    metadata: requiredIdentity({
      description: 'File or address of the metadata.',
      parse: (text) => text,
      givenAs: ['metadata'],
    }),
  }
  static override flags = {
    metadata: Flags.string({summary: 'File or address of the metadata, by name.', helpValue: 'FILE|URL'}),
    'issuer-uri': Flags.string({summary: 'Which provider, when the document describes several.', helpValue: 'URI'}),
    ...metadataFlags,
  }
  protected override readonly view = identityProviderView

  override async *records(given: CommandParameters<typeof GetIdentityProvider>): AsyncIterable<IdentityProviderRecord> {
    const description = await describeProvider(this.context, given)
    const settings = toFederationSettings(description, given.preferredAuthenticationProtocol)
    yield toIdentityProviderRecord(description, settings, given.metadata)
  }
}
