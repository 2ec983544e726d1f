/** Who issues the tokens of a tenant, as it is reached under this origin. */
export const issuerOf = (origin: string, tenantId: string): string => `${origin}/${tenantId}/v2.0`

/**
 * Whether an issuer is this directory, for a tenant. A directory may be served under several names, and several directories may share the
 * store and its keys: what is compared is the path.
 */
export const isIssuerOf = (issuer: unknown, tenantId: string): boolean =>
  typeof issuer === 'string' &&
  /^https?:\/\/[^/?#]+\/[^/?#]+\/v2\.0$/.test(issuer) &&
  issuer.endsWith(`/${tenantId}/v2.0`)
