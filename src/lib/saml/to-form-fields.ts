/** What goes with a token through the browser and comes back as it was: wctx, RelayState. */
export interface TokenPost {
  readonly protocol: 'WsFed' | 'Samlp'
  readonly context?: string | undefined
}

/**
 * The fields of the form by which a browser posts a token: of WS-Federation 1.2, 13.2.3 (wa, wctx, wresult), or of the POST binding
 * (SAML 2.0 bindings, 3.5.4: SAMLResponse in base64, RelayState).
 */
export function toFormFields(token: string, {protocol, context}: TokenPost): Readonly<Record<string, string>> {
  if (protocol === 'WsFed') return {wa: 'wsignin1.0', ...(context === undefined ? {} : {wctx: context}), wresult: token}
  const SAMLResponse = Buffer.from(token).toString('base64')
  return {SAMLResponse, ...(context === undefined ? {} : {RelayState: context})}
}
