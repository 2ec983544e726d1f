import type {StoredFederation} from '../store/federations.ts'

/**
 * Where the identity provider of a trust signs somebody in: with the question of WS-Federation (1.2, 13.2.2), or the bare address of a
 * SAML provider, which wants a form. What the address asks already is kept.
 */
export function toSignInAddress(
  {passiveSignInUri, preferredAuthenticationProtocol}: StoredFederation,
  login: string,
): string {
  if (preferredAuthenticationProtocol === 'saml' || !URL.canParse(passiveSignInUri)) return passiveSignInUri
  const address = new URL(passiveSignInUri)
  const question = {username: login, wa: 'wsignin1.0', wtrealm: 'urn:federation:MicrosoftOnline', wctx: ''}
  for (const [name, value] of Object.entries(question)) address.searchParams.set(name, value)
  return address.href
}
