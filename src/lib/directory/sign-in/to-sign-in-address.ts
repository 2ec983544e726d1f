import type {StoredFederation} from '../store/federations.ts'

/** What brings somebody back. */
interface Return {
  /** wctx, which comes back as it is. */
  readonly context?: string
  /** wreply, where the token is posted to; when it is not said, where the identity provider has it from elsewhere. */
  readonly reply?: string | undefined
}

/**
 * Where the identity provider of a trust signs somebody in: with the question of WS-Federation (1.2, 13.2.2), or the bare address of a
 * SAML provider, which wants a form. What the address asks already is kept.
 */
export function toSignInAddress(
  {passiveSignInUri, preferredAuthenticationProtocol}: StoredFederation,
  login: string,
  {context = '', reply}: Return = {},
): string {
  if (preferredAuthenticationProtocol === 'saml') return passiveSignInUri
  const address = new URL(passiveSignInUri)
  const question = {username: login, wa: 'wsignin1.0', wtrealm: 'urn:federation:MicrosoftOnline', wctx: context}
  for (const [name, value] of Object.entries(question)) address.searchParams.set(name, value)
  if (reply !== undefined) address.searchParams.set('wreply', reply)
  return address.href
}
