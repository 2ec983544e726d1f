import type {Claim} from './claim.ts'

/** What a token says. Texts are taken as they are: whether they make sense is for the caller, or for whoever judges the token. */
export interface TokenContent {
  readonly issuer: string
  readonly audience: string
  /** Whom it is about: the immutable id of a user. */
  readonly nameId: string
  readonly claims: readonly Claim[]
  /** How the user was authenticated, a URI. */
  readonly authenticationMethod: string
  /** Also the instant at which it says it was issued, and the user authenticated. */
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  /** Where it will be posted; SAML 2.0 alone says so. */
  readonly recipient: string
  /** The id of the request that it answers; SAML 2.0 alone says so. */
  readonly requestId?: string | undefined
}

/** The versions of SAML that an assertion can be written in. */
export const samlVersions = ['1.1', '2.0'] as const
/** One of them. */
export type SamlVersion = (typeof samlVersions)[number]
