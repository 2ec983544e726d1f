import {signXml, type XmlSigner} from '../xml/sign-xml.ts'
import {buildAssertion1} from './build-assertion-1.ts'
import {buildAssertion2} from './build-assertion-2.ts'
import {buildSamlResponse} from './saml-response.ts'
import type {SamlVersion, TokenContent} from './token-content.ts'
import {buildTokenResponse, type TrustVersion} from './token-response.ts'

/** How a token goes over the wire. */
export type TokenForm =
  | {readonly protocol: 'WsFed'; readonly samlVersion: SamlVersion; readonly trustVersion: TrustVersion}
  /** The assertion is signed in any case. */
  | {readonly protocol: 'Samlp'; readonly signResponse: boolean}

/** What is needed to sign tokens. */
export interface TokenSigner extends XmlSigner {
  /** A new id each time, of letters, digits and hyphens. */
  readonly newId: () => string
}

/** Writes and signs a token: the token response of WS-Federation (its wresult) or the response of SAML 2.0. Fails as signXml and buildAssertion1 do. */
export async function signToken(content: TokenContent, form: TokenForm, signer: TokenSigner): Promise<string> {
  // An XML id begins with a letter or an underscore, which a GUID need not do.
  const newId = (): string => `_${signer.newId()}`
  const samlVersion = form.protocol === 'WsFed' ? form.samlVersion : '2.0'
  const build = samlVersion === '1.1' ? buildAssertion1 : buildAssertion2
  const assertion = await signXml(build(newId(), content), signer)
  if (form.protocol === 'WsFed')
    return buildTokenResponse(assertion, content, {version: form.trustVersion, samlVersion}).markup
  const response = buildSamlResponse(newId(), assertion, content)
  return (form.signResponse ? await signXml(response, signer) : response.write()).markup
}
