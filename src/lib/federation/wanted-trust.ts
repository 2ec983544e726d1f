import type {FederationSettings} from '../model/federation-settings.ts'
import {issuerOfDomain} from '../relying-party/relying-party.ts'

/** What an administrator wants a domain to believe of its identity provider. */
export interface WantedTrust {
  /** As the provider has them: `issuerUri` is the provider's own. */
  readonly settings: Partial<FederationSettings>
  /** The provider serves several domains and names a different issuer for each (AD FS: the issuerid rule). */
  readonly supportMultipleDomain: boolean
}

/** What the directory shall hold for this domain: with several domains at one provider, each has an issuer of its own. */
export const toDomainSettings = (
  domain: string,
  {settings, supportMultipleDomain}: WantedTrust,
): Partial<FederationSettings> => ({
  federationBrandName: domain,
  ...settings,
  ...(supportMultipleDomain && {issuerUri: issuerOfDomain(domain)}),
})
