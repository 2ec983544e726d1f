/** One thing that a token says of its user. */
export interface Claim {
  /** A URI, namespace and name with a slash between; SAML 2.0 takes a bare name too. */
  readonly type: string
  readonly value: string
}

/** The claims that the directory reads, and what SAML calls things that both sides of a token need. */
export const claimTypes = {
  userPrincipalName: 'http://schemas.xmlsoap.org/claims/UPN',
  immutableId: 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID',
  /** The UPN in a SAML 2.0 response. */
  idpEmail: 'IDPEmail',
  authenticationMethodsReferences: 'http://schemas.microsoft.com/claims/authnmethodsreferences',
} as const

/** How a user was authenticated, as tokens say it. */
export const authenticationMethods = {
  password: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  /** More than one factor: the directory counts it where the trust's setting allows. */
  multipleFactors: 'http://schemas.microsoft.com/claims/multipleauthn',
} as const

/** The claims by type, in the order in which the types first come: one attribute each, with one value or several. */
export function claimsByType(
  claims: readonly Claim[],
): readonly (readonly [type: string, values: readonly string[]])[] {
  const byType = new Map<string, string[]>()
  for (const {type, value} of claims) byType.set(type, [...(byType.get(type) ?? []), value])
  return [...byType]
}
