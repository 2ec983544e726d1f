import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import type {Finding} from '../model/finding.ts'

/** The two protocols by which the directory takes tokens, as MSOnline names them. */
export type FederationProtocol = 'WsFed' | 'Samlp'

/** What an identity provider publishes of itself in its federation metadata. */
export interface IdentityProviderDescription {
  /** The entity id of the metadata, which is the issuer of its tokens. */
  readonly issuerUri: string
  readonly displayName?: string
  /** Until when the document itself says it may be used. */
  readonly validUntil?: Date
  /** Whether the document's signature was verified by a certificate of the administrator's. */
  readonly verified: boolean
  /** One for each protocol, WS-Federation first. */
  readonly roles: readonly [ProviderRole, ...ProviderRole[]]
  /** What a person should know before this is trusted. */
  readonly findings: readonly Finding[]
}

/** How the provider is reached by one protocol, and by which certificates its tokens are checked. */
export interface ProviderRole {
  readonly protocol: FederationProtocol
  readonly passiveLogOnUri?: string
  readonly activeLogOnUri?: string
  readonly metadataExchangeUri?: string
  readonly logOffUri?: string
  readonly certificates: SigningCertificates
}

/** By what the current certificate was told from the others, from the surest to a guess. */
export type ToldApartBy =
  | 'only one'
  | 'choice'
  | 'metadata signature'
  | 'validity'
  | 'encryption key'
  | 'document order'

/** The certificates that a provider publishes for signatures, told apart. */
export interface SigningCertificates {
  readonly current: SigningCertificate
  /** The one that will follow; never an older one. */
  readonly next?: SigningCertificate
  readonly toldApartBy: ToldApartBy
  /** All of them, in the document's order. */
  readonly all: readonly SigningCertificate[]
}
