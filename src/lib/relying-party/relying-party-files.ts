import {adfsFiles} from './adfs.ts'
import {metadataFiles} from './metadata.ts'
import type {RelyingParty, RelyingPartyFile} from './relying-party.ts'
import {simplesamlphpFiles} from './simplesamlphp.ts'

/** The identity providers whose configuration is written here; `metadata` is for all that read the standards' metadata. */
export const configurableProviders = ['adfs', 'simplesamlphp', 'metadata'] as const
export type ConfigurableProvider = (typeof configurableProviders)[number]

const writers: Record<ConfigurableProvider, (party: RelyingParty) => RelyingPartyFile[]> = {
  adfs: adfsFiles,
  simplesamlphp: simplesamlphpFiles,
  metadata: metadataFiles,
}

/** The files that make an identity provider know the directory; pure. Fails with `ValueMalformed` for a value its format cannot hold. */
export const relyingPartyFiles = (provider: ConfigurableProvider, party: RelyingParty): RelyingPartyFile[] =>
  writers[provider](party)
