import type {LocatedToken} from './located-token.ts'
import type {TokenClaims} from './token-claims.ts'

/** What the checks after the signature look at: claims from signed bytes, and the response around them. */
export interface SignedToken {
  readonly carrier: LocatedToken['carrier']
  readonly claims: TokenClaims
  readonly response: ResponseFacts | undefined
}

/** What a SAML 2.0 response says besides its assertion; where it is not signed this can only make a token refused. */
export interface ResponseFacts {
  readonly isSigned: boolean
  readonly version: string | undefined
  readonly issuer: string | undefined
  readonly destination: string | undefined
  readonly inResponseTo: string | undefined
  /** The top-level codes of all its Status elements. */
  readonly statuses: readonly string[]
}
