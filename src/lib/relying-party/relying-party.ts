import type {DomainName} from '../model/domain-name.ts'

/** By this name every identity provider knows the directory: the realm of WS-Federation, the entity id and audience of SAML. */
export const relyingPartyIdentifier = 'urn:federation:MicrosoftOnline'

/** Where the public cloud takes tokens. */
export const cloudReplyAddress = 'https://login.microsoftonline.com/login.srf'

/** A domain whose users an identity provider signs in. */
export interface FederatedDomain {
  readonly name: DomainName
  /**
   * The issuer the directory expects for this domain, when it is not the provider's own: several domains at one provider each have one.
   * Subdomains take it over.
   */
  readonly issuerUri?: string
}

/** The directory as an identity provider has to know it. */
export interface RelyingParty {
  /** Where tokens are posted. */
  readonly replyAddress: string
  /** The domains that are being federated. */
  readonly domains: readonly [FederatedDomain, ...FederatedDomain[]]
  /** The domains that use the same provider already, and go on using it. */
  readonly otherDomains: readonly FederatedDomain[]
}

/** One file of an identity provider's configuration. */
export interface RelyingPartyFile {
  /** Without a folder. */
  readonly name: string
  /** What it is for, one sentence. */
  readonly purpose: string
  readonly content: string
}

/** The issuer of a domain that shares its provider with others, as AD FS and the directory have always formed it. */
export const issuerOfDomain = (domain: string): string => `http://${domain}/adfs/services/trust/`
