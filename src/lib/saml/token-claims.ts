/** What an assertion says, as far as it says it: nothing in it is verified, nothing is filled in. Times are as they are written. */
export interface TokenClaims {
  readonly version: '1.1' | '2.0'
  /** What stands in Version, or in MajorVersion and MinorVersion with a point between them. */
  readonly writtenVersion: string
  readonly id: string | undefined
  readonly issuer: string | undefined
  readonly issueInstant: string | undefined
  readonly conditions: TokenConditions | undefined
  /** SAML 2.0 has one, SAML 1.1 one in each statement. */
  readonly subjects: readonly TokenSubject[]
  readonly authentications: readonly TokenAuthentication[]
  readonly attributes: readonly TokenAttribute[]
}

/** Under which conditions it is valid, and for whom. */
export interface TokenConditions {
  readonly notBefore: string | undefined
  readonly notOnOrAfter: string | undefined
  /** The audiences of each restriction: one of each must be ours. */
  readonly restrictions: readonly (readonly string[])[]
  /** Whether there is a condition that is not known here. */
  readonly hasUnknown: boolean
}

/** Whom a statement is about, and how that is confirmed. */
export interface TokenSubject {
  readonly nameId: string | undefined
  readonly format: string | undefined
  readonly confirmations: readonly TokenConfirmation[]
}

/** How a subject is confirmed. */
export interface TokenConfirmation {
  readonly method: string
  /** SAML 2.0 only. */
  readonly bearer: BearerConfirmation | undefined
}

/** SubjectConfirmationData. */
export interface BearerConfirmation {
  readonly recipient: string | undefined
  readonly inResponseTo: string | undefined
  readonly notBefore: string | undefined
  readonly notOnOrAfter: string | undefined
}

/** A statement that the subject has authenticated. */
export interface TokenAuthentication {
  readonly method: string | undefined
  readonly instant: string | undefined
  readonly sessionNotOnOrAfter: string | undefined
}

/** An attribute and its values, in their order. */
export interface TokenAttribute {
  /** SAML 1.1: namespace, a slash, name. SAML 2.0: the name. */
  readonly type: string
  readonly values: readonly string[]
}
