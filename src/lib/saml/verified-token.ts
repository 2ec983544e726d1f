import type {X509Certificate} from 'node:crypto'
import type {TokenAttribute} from './token-claims.ts'

declare const verified: unique symbol

/** A token that passed every check. Everything in it was read from the bytes that the signature covers; only verifyToken makes one. */
export interface VerifiedToken {
  readonly [verified]: true
  readonly version: '1.1' | '2.0'
  /** The assertion's id; a token is used once, so it is kept until `notOnOrAfter`. */
  readonly id: string
  readonly issuer: string
  readonly audience: string
  readonly nameId: string
  readonly nameIdFormat?: string
  /** SAML 1.1: the attribute; SAML 2.0: the persistent NameID. */
  readonly immutableId?: string
  /** In Unicode's composed form (NFC). */
  readonly userPrincipalName?: string
  readonly claims: readonly TokenAttribute[]
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  readonly authenticationMethod?: string
  /** Whether the identity provider says that a second factor was shown. */
  readonly hasMultipleAuthentication: boolean
  /** The certificate of the trust whose key signed it. */
  readonly certificate: X509Certificate
  /** What was accepted only because it is allowed by name. */
  readonly warnings: readonly string[]
}
