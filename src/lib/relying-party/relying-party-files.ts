import {adfsFiles} from './adfs.ts'
import {metadataFiles} from './metadata.ts'
import type {RelyingParty, RelyingPartyFile} from './relying-party.ts'

/** The identity providers whose configuration is written here; `metadata` is for all that read the standards' metadata. */
export const configurableProviders = ['adfs', 'metadata'] as const
export type ConfigurableProvider = (typeof configurableProviders)[number]

const writers: Record<ConfigurableProvider, (party: RelyingParty) => RelyingPartyFile[]> = {
  adfs: adfsFiles,
  metadata: metadataFiles,
}

/** The files that make an identity provider know the directory; pure. Fails with `ValueMalformed` for a value its format cannot hold. */
export const relyingPartyFiles = (provider: ConfigurableProvider, party: RelyingParty): RelyingPartyFile[] =>
  writers[provider](party)
