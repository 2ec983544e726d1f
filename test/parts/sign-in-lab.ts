import {createPrivateKey} from 'node:crypto'
import {authenticationMethods} from '../../src/lib/saml/claim.ts'
import {signToken, type TokenForm} from '../../src/lib/saml/sign-token.ts'
import {toFormFields} from '../../src/lib/saml/to-form-fields.ts'
import type {TokenContent} from '../../src/lib/saml/token-content.ts'
import {userClaims} from '../../src/lib/saml/user-claims.ts'
import type {TestDirectory, TestTenant} from './open-test-directory.ts'
import {rsaKey, signingIdentity} from './signing-identity.ts'

/** An identity provider: its key, its certificate as a trust keeps it, its issuer. */
export interface Provider {
  readonly key: string
  readonly certificate: string
  readonly der: Uint8Array
  readonly issuer: string
}

export const wsFederation: TokenForm = {protocol: 'WsFed', samlVersion: '1.1', trustVersion: '2005'}
export const saml: TokenForm = {protocol: 'Samlp', signResponse: false}

export async function newProvider(
  issuer: string,
  wanted: Parameters<typeof signingIdentity>[1] = {},
): Promise<Provider> {
  const key = rsaKey()
  const {certificate} = await signingIdentity(key, wanted)
  return {key, certificate: Buffer.from(certificate.der).toString('base64'), der: certificate.der, issuer}
}

/** Makes a verified domain of the tenant. */
export async function newDomain({send}: TestTenant, name: string): Promise<void> {
  await send('POST', '/domains', {id: name})
  await send('POST', `/domains/${name}/verify`)
}

/** Federates a verified domain with a provider. */
export async function federate(
  {send}: TestTenant,
  domain: string,
  provider: Pick<Provider, 'issuer' | 'certificate'>,
  more: object = {},
): Promise<string> {
  const {json, status, text} = await send('POST', `/domains/${domain}/federationConfiguration`, {
    issuerUri: provider.issuer,
    passiveSignInUri: 'https://sts.test/ls/',
    signingCertificate: provider.certificate,
    ...more,
  })
  if (status !== 201) throw new Error(text)
  return `/domains/${domain}/federationConfiguration/${json['id']}`
}

/** Makes a user and gives the user's path. */
export async function newUser({send}: TestTenant, userPrincipalName: string, immutableId: string): Promise<string> {
  const {json, status, text} = await send('POST', '/users', {
    accountEnabled: true,
    displayName: userPrincipalName,
    mailNickname: userPrincipalName.split('@')[0],
    userPrincipalName,
    onPremisesImmutableId: immutableId,
    passwordProfile: {password: 'Correct-horse-7'},
  })
  if (status !== 201) throw new Error(text)
  return `/users/${json['id']}`
}

let tokens = 0

/** A token for a user, made now by the clock of the directory; `wanted` is what differs from a good one. */
export function newToken(
  {clock}: Pick<TestDirectory, 'clock'>,
  {key, der, issuer}: Provider,
  {
    form = wsFederation,
    immutableId,
    multiFactor = false,
    ...wanted
  }: Partial<TokenContent> & {
    form?: TokenForm
    immutableId: string
    multiFactor?: boolean
  },
): Promise<string> {
  const method = multiFactor ? authenticationMethods.multipleFactors : authenticationMethods.password
  const content: TokenContent = {
    issuer,
    audience: 'urn:federation:MicrosoftOnline',
    nameId: immutableId,
    claims: userClaims({immutableId, multiFactor}, form.protocol),
    authenticationMethod: method,
    notBefore: clock.now,
    notOnOrAfter: new Date(clock.now.getTime() + 3600_000),
    recipient: 'https://login.microsoftonline.com/login.srf',
    ...wanted,
  }
  return signToken(content, form, {
    privateKey: createPrivateKey(key),
    certificate: der,
    newId: () => `token-${++tokens}`,
  })
}

/** What /login.srf answers to a form. */
export interface SignInReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

/** Posts fields to /login.srf as a browser does, asking for JSON unless another type is said. */
export async function postForm(
  {directory}: TestDirectory,
  fields: Readonly<Record<string, string>> | string,
  headers: Readonly<Record<string, string>> = {},
  url = 'https://login.microsoftonline.com/login.srf',
): Promise<SignInReply> {
  const {
    status,
    headers: got,
    body,
  } = await directory.fetch({
    method: 'POST',
    url,
    headers: {'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers},
    body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  })
  return {status, headers: got, text: body, json: got['content-type'] === 'application/json' ? JSON.parse(body) : {}}
}

/** Posts a token as its protocol has it. */
export const postToken = (
  lab: TestDirectory,
  token: string,
  protocol: 'WsFed' | 'Samlp' = 'WsFed',
): Promise<SignInReply> => postForm(lab, toFormFields(token, {protocol, context: 'estsredirect=2'}))
