import type {X509Certificate} from 'node:crypto'
import {said} from '../test/parts/sign-token.ts'
import {installPackage} from './install-package.ts'

/** A library that judges tokens as its documentation says, told what our judge is told as far as it can be. */
export interface OtherJudge {
  readonly name: string
  /** Ends when it accepts the token, fails when it does not; undefined for a protocol that it does not speak. */
  readonly saml: ((text: string) => Promise<unknown>) | undefined
  readonly wsFed: ((text: string) => Promise<unknown>) | undefined
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const bodyOf = (certificate: X509Certificate): string => certificate.raw.toString('base64')

/** @node-saml/node-saml: told the audience, and that the assertion must be signed; it does not compare Recipient or Destination. */
export function nodeSaml(folder: string, certificate: X509Certificate): OtherJudge | undefined {
  const found = installPackage('@node-saml/node-saml', ['5.1.0'], {folder})
  if (found === undefined) return undefined
  const judge = new found.exported.SAML({
    callbackUrl: said.recipient,
    issuer: said.audience,
    audience: said.audience,
    idpIssuer: said.issuer,
    idpCert: bodyOf(certificate),
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: 'never',
  })
  const saml = (text: string): Promise<unknown> => judge.validatePostResponseAsync({SAMLResponse: base64(text)})
  return {name: `node-saml ${found.version}`, saml, wsFed: undefined}
}

/** samlify: told issuer and key; it compares neither audience nor recipient, and its schema validation is left out. */
export function samlify(folder: string, certificate: X509Certificate): OtherJudge | undefined {
  const found = installPackage('samlify', ['2.13.1'], {folder})
  if (found === undefined) return undefined
  const {IdentityProvider, ServiceProvider, setSchemaValidator, Constants} = found.exported
  setSchemaValidator({validate: async () => 'left out'})
  const post = Constants.namespace.binding.post
  const provider = IdentityProvider({
    entityID: said.issuer,
    signingCert: bodyOf(certificate),
    singleSignOnService: [{Binding: post, Location: 'https://idp.test/sso'}],
    singleLogoutService: [{Binding: post, Location: 'https://idp.test/slo'}],
  })
  const party = ServiceProvider({
    entityID: said.audience,
    wantAssertionsSigned: true,
    assertionConsumerService: [{Binding: post, Location: said.recipient}],
  })
  const saml = (text: string): Promise<unknown> =>
    party.parseLoginResponse(provider, 'post', {body: {SAMLResponse: base64(text)}})
  return {name: `samlify ${found.version}`, saml, wsFed: undefined}
}

/** passport-wsfed-saml2: told audience, recipient, destination and key. Its xml-crypto is named by git; that of the registry does, too. */
export function passport(folder: string, certificate: X509Certificate): OtherJudge | undefined {
  const overrides = {'xml-crypto': '1.5.6'}
  const found = installPackage('passport-wsfed-saml2', ['4.6.4', '4.6.1'], {folder, overrides})
  if (found === undefined) return undefined
  const {Strategy} = found.exported
  const request = {method: 'POST', query: {}, protocol: 'https', originalUrl: '/', get: () => 'sp.test'}
  const judge = (protocol: string, body: (text: string) => object) => {
    const settings = {
      protocol,
      realm: said.audience,
      cert: bodyOf(certificate),
      recipientUrl: said.recipient,
      destinationUrl: said.recipient,
      identityProviderUrl: 'https://idp.test/',
    }
    const strategy = new Strategy(settings, (profile: object, done: (error: null, user: object) => void) =>
      done(null, profile),
    )
    return (text: string) => {
      const {promise, resolve, reject} = Promise.withResolvers<unknown>()
      const one = Object.assign(Object.create(strategy), {success: resolve, fail: reject, error: reject})
      one.authenticate({...request, body: body(text)}, {protocol})
      return promise
    }
  }
  return {
    name: `passport-wsfed-saml2 ${found.version}`,
    saml: judge('samlp', (text) => ({SAMLResponse: base64(text)})),
    wsFed: judge('wsfed', (text) => ({wresult: text})),
  }
}
