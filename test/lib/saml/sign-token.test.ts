import {spawnSync} from 'node:child_process'
import {createPrivateKey, generateKeyPairSync, verify} from 'node:crypto'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {SignedXml} from 'xml-crypto'
import {writePem} from '../../../src/lib/certificates/write-pem.ts'
import {authenticationMethods, type Claim, claimTypes} from '../../../src/lib/saml/claim.ts'
import {signToken, type TokenForm, type TokenSigner} from '../../../src/lib/saml/sign-token.ts'
import {toFormFields} from '../../../src/lib/saml/to-form-fields.ts'
import type {TokenContent} from '../../../src/lib/saml/token-content.ts'
import {userClaims} from '../../../src/lib/saml/user-claims.ts'
import {parseXml, type XmlElement} from '../../../src/lib/xml/parse-xml.ts'
import {tokenLimits} from '../../../src/lib/xml/xml-limits.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const saml1 = 'urn:oasis:names:tc:SAML:1.0:assertion'
const saml2 = 'urn:oasis:names:tc:SAML:2.0:assertion'
const ada = {immutableId: 'CQ3ihD+y7UaUoIk1Jd9nXQ==', userPrincipalName: 'ada@contoso.com', multiFactor: false}

const content: TokenContent = {
  issuer: 'http://sts.contoso.com/adfs/services/trust',
  audience: 'urn:federation:MicrosoftOnline',
  nameId: ada.immutableId,
  claims: userClaims(ada, 'WsFed'),
  authenticationMethod: authenticationMethods.password,
  notBefore: new Date('2026-11-21T12:00:00Z'),
  notOnOrAfter: new Date('2026-11-21T13:00:00Z'),
  recipient: 'https://login.microsoftonline.com/login.srf',
}
const forms: readonly [string, TokenForm, signatures: number][] = [
  ['WS-Federation', {protocol: 'WsFed', samlVersion: '1.1', trustVersion: '2005'}, 1],
  ['WS-Trust 1.3', {protocol: 'WsFed', samlVersion: '1.1', trustVersion: '1.3'}, 1],
  ['SAML 2.0 in a token response', {protocol: 'WsFed', samlVersion: '2.0', trustVersion: '2005'}, 1],
  ['SAML 2.0, signed assertion', {protocol: 'Samlp', signResponse: false}, 1],
  ['SAML 2.0, both signed', {protocol: 'Samlp', signResponse: true}, 2],
]
const [[, wsFederation], , , [, saml]] = forms as [(typeof forms)[0], unknown, unknown, (typeof forms)[0]]

const key = rsaKey()
let signer: TokenSigner
let publicCert = ''
const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
beforeAll(async () => {
  const {certificate} = await signingIdentity(key)
  let count = 0
  signer = {privateKey: createPrivateKey(key), certificate: certificate.der, newId: () => `id-${++count}`}
  publicCert = writePem('CERTIFICATE', certificate.der)
  writeFileSync(join(folder, 'signing.pem'), publicCert)
})
afterAll(() => rmSync(folder, {recursive: true, force: true}))

function parsed(token: string): XmlElement {
  const root = parseXml(token, tokenLimits)
  if (!root.ok) throw new Error(root.problem)
  return root.value
}
const all = (root: XmlElement, localName: string): XmlElement[] =>
  Array.from(root.getElementsByTagNameNS('*', localName))
const texts = (root: XmlElement, localName: string): (string | null)[] =>
  all(root, localName).map(({textContent}) => textContent)
const namesIn = (element: XmlElement | undefined): (string | null)[] =>
  Array.from(element?.childNodes ?? []).map((node) => (node as XmlElement).localName)

describe('a WS-Federation token', () => {
  test('is a token response of WS-Trust 2005/02 around a SAML 1.1 assertion', async () => {
    const root = parsed(await signToken(content, wsFederation, signer))
    expect([root.namespaceURI, root.localName]).toEqual([
      'http://schemas.xmlsoap.org/ws/2005/02/trust',
      'RequestSecurityTokenResponse',
    ])
    expect(namesIn(root)).toEqual([
      'Lifetime',
      'AppliesTo',
      'RequestedSecurityToken',
      'TokenType',
      'RequestType',
      'KeyType',
    ])
    expect([texts(root, 'Created'), texts(root, 'Expires'), texts(root, 'Address'), texts(root, 'TokenType')]).toEqual([
      ['2026-11-21T12:00:00.000Z'],
      ['2026-11-21T13:00:00.000Z'],
      ['urn:federation:MicrosoftOnline'],
      [saml1],
    ])
    const [assertion] = all(root, 'Assertion')
    expect(namesIn(assertion)).toEqual(['Conditions', 'AttributeStatement', 'AuthenticationStatement', 'Signature'])
    expect(assertion?.getAttribute('Issuer')).toBe(content.issuer)
    expect(texts(root, 'Audience')).toEqual([content.audience])
    // Both statements speak of one subject (SAML 1.1 core, 2.4.2).
    const [one, other] = all(root, 'Subject')
    expect(one?.toString()).toBe(other?.toString())
    expect(texts(root, 'NameIdentifier')).toEqual([ada.immutableId, ada.immutableId])
    expect(
      all(root, 'Attribute').map((one) => [
        one.getAttribute('AttributeNamespace'),
        one.getAttribute('AttributeName'),
        one.textContent,
      ]),
    ).toEqual([
      ['http://schemas.xmlsoap.org/claims', 'UPN', ada.userPrincipalName],
      ['http://schemas.microsoft.com/LiveID/Federation/2008/05', 'ImmutableID', ada.immutableId],
    ])
  })

  test('of WS-Trust 1.3 is a collection of one', async () => {
    const root = parsed(await signToken(content, forms[1]?.[1] ?? wsFederation, signer))
    expect([root.localName, namesIn(root)]).toEqual([
      'RequestSecurityTokenResponseCollection',
      ['RequestSecurityTokenResponse'],
    ])
    expect(root.namespaceURI).toBe('http://docs.oasis-open.org/ws-sx/ws-trust/200512')
    expect(texts(root, 'KeyType')).toEqual(['http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer'])
  })

  test('says of several factors in a claim too', async () => {
    const claims = userClaims({...ada, multiFactor: true}, 'WsFed')
    expect(claims.at(-1)).toEqual({
      type: 'http://schemas.microsoft.com/claims/authnmethodsreferences',
      value: 'http://schemas.microsoft.com/claims/multipleauthn',
    })
  })

  test('has no statement of attributes when it has none', async () => {
    const root = parsed(await signToken({...content, claims: []}, wsFederation, signer))
    expect(all(root, 'AttributeStatement')).toEqual([])
  })

  test('cannot have a claim type without a namespace', async () => {
    const claims = [{type: 'IDPEmail', value: 'x'}]
    await expect(signToken({...content, claims}, wsFederation, signer)).rejects.toMatchObject({code: 'ValueMalformed'})
  })
})

describe('a SAML 2.0 token', () => {
  test('is a response with an assertion for the browser profile', async () => {
    const wanted = {...content, claims: userClaims(ada, 'Samlp'), requestId: '_request'}
    const root = parsed(await signToken(wanted, saml, signer))
    expect(namesIn(root)).toEqual(['Issuer', 'Status', 'Assertion'])
    expect([root.getAttribute('Destination'), root.getAttribute('InResponseTo')]).toEqual([
      content.recipient,
      '_request',
    ])
    const [assertion] = all(root, 'Assertion')
    expect(namesIn(assertion)).toEqual([
      'Issuer',
      'Signature',
      'Subject',
      'Conditions',
      'AuthnStatement',
      'AttributeStatement',
    ])
    const [nameId] = all(root, 'NameID')
    expect([nameId?.textContent, nameId?.getAttribute('Format')]).toEqual([
      ada.immutableId,
      'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ])
    const [data] = all(root, 'SubjectConfirmationData')
    expect(['Recipient', 'InResponseTo', 'NotOnOrAfter', 'NotBefore'].map((name) => data?.getAttribute(name))).toEqual([
      content.recipient,
      '_request',
      '2026-11-21T13:00:00.000Z',
      null,
    ])
    expect(texts(root, 'AuthnContextClassRef')).toEqual([authenticationMethods.password])
    expect(all(root, 'Attribute').map((one) => [one.getAttribute('Name'), one.textContent])).toEqual([
      [claimTypes.idpEmail, ada.userPrincipalName],
    ])
  })

  test('that nobody asked for answers no request', async () => {
    expect(await signToken(content, saml, signer)).not.toContain('InResponseTo')
  })

  test('can have the response signed too, after its issuer', async () => {
    const root = parsed(await signToken(content, {protocol: 'Samlp', signResponse: true}, signer))
    expect(namesIn(root)).toEqual(['Issuer', 'Signature', 'Status', 'Assertion'])
  })
})

describe('what is written is what was meant', () => {
  // Whatever a directory holds: markup, line ends, marks that parsers change, text from beyond the first plane.
  const unit = fc.oneof(
    fc.constantFrom(...']]>"\'&<x/>\t\r\n\u0085\u2028\uFFFD\u00A0\u202E😀'.split('')),
    fc.constantFrom(']]>', '"><x', '<!--', '-->', '&#0;', '</saml:AttributeValue>', '😀', '\r\n'),
    fc.string({unit: 'binary', minLength: 1, maxLength: 1}),
  )
  const isXml = (text: string): boolean => /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text)
  const hostile = fc.array(unit, {maxLength: 12}).map((parts) => parts.join(''))
  const value = hostile.filter(isXml)

  test.each(forms)('%s: every value comes back, and no element more', async (_what, form, signatures) => {
    const elements = all(
      parsed(await signToken({...content, claims: [{type: 'urn:x/y', value: ''}]}, form, signer)),
      '*',
    ).length
    await fc.assert(
      fc.asyncProperty(
        fc.record({issuer: value, audience: value, nameId: value, claim: value, type: value}),
        async (wild) => {
          const claims: Claim[] = [{type: `urn:x/${wild.type.replaceAll('/', '')}y`, value: wild.claim}]
          const root = parsed(await signToken({...content, ...wild, claims, requestId: undefined}, form, signer))
          expect(all(root, '*').length).toBe(elements)
          expect(all(root, 'Signature').length).toBe(signatures)
          expect(texts(root, 'Audience')).toEqual([wild.audience])
          expect(new Set([...texts(root, 'NameID'), ...texts(root, 'NameIdentifier')])).toEqual(new Set([wild.nameId]))
          expect(texts(root, 'AttributeValue')).toEqual([wild.claim])
          const [attribute] = all(root, 'Attribute')
          const type = claims[0]?.type ?? ''
          expect([type, type.slice('urn:x/'.length)]).toContain(
            attribute?.getAttribute('Name') ?? attribute?.getAttribute('AttributeName'),
          )
          const issuers = [
            ...texts(root, 'Issuer'),
            ...all(root, 'Assertion').flatMap((one) => one.getAttribute('Issuer') ?? []),
          ]
          expect(new Set(issuers)).toEqual(new Set([wild.issuer]))
        },
      ),
      {numRuns: 60},
    )
  })

  test.each(['\u0000', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800'])(
    'a value with %j is refused',
    async (mark) => {
      for (const change of [{nameId: mark}, {issuer: mark}, {claims: [{type: 'urn:x/y', value: mark}]}])
        for (const form of [wsFederation, saml])
          await expect(signToken({...content, ...change}, form, signer)).rejects.toMatchObject({code: 'ValueMalformed'})
    },
  )
})

describe('keys', () => {
  test('of too few bits, and of another kind, are refused', async () => {
    const ed25519 = generateKeyPairSync('ed25519').privateKey
    const short = createPrivateKey(rsaKey(1024))
    for (const privateKey of [ed25519, short])
      await expect(signToken(content, saml, {...signer, privateKey})).rejects.toMatchObject({code: 'KeyUnreadable'})
  })
})

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0

/** What xmlsec1 says of every signature of a token: it sees the document, the certificate and which attributes are ids. */
function judgedByXmlsec(token: string): boolean[] {
  const file = join(folder, 'token.xml')
  writeFileSync(file, token)
  const count = all(parsed(token), 'Signature').length
  return Array.from({length: count}, (_, index) => {
    const xpath = `(//*[local-name()='Signature'])[${index + 1}]`
    const ids = [
      `AssertionID ${saml1}:Assertion`,
      `ID ${saml2}:Assertion`,
      'ID urn:oasis:names:tc:SAML:2.0:protocol:Response',
    ]
    const idOptions = ids.flatMap((id) => [`--id-attr:${id.split(' ')[0]}`, id.split(' ')[1] ?? ''])
    const options = [
      '--verify',
      '--pubkey-cert-pem',
      join(folder, 'signing.pem'),
      '--enabled-key-data',
      'raw-x509-cert',
      ...idOptions,
    ]
    return spawnSync('xmlsec1', [...options, '--node-xpath', xpath, file]).status === 0
  })
}

/** What xml-crypto says, by the certificate alone. */
const judgedByXmlCrypto = (token: string): boolean[] =>
  (token.match(/<ds:Signature .*?<\/ds:Signature>/gs) ?? []).map((signature) => {
    const verifier = new SignedXml({publicCert, idAttribute: 'AssertionID', getCertFromKeyInfo: () => null})
    verifier.loadSignature(signature)
    try {
      return verifier.checkSignature(token)
    } catch {
      return false
    }
  })

describe.each([
  ['xmlsec1', judgedByXmlsec, hasXmlsec],
  ['xml-crypto', judgedByXmlCrypto, true],
] as const)('%s', (_judge, judged, isHere) => {
  const nasty = {type: 'urn:x/y', value: 'a\r\nb\tc\u0085\u2028 ]]>"\'<&>\uFFFD😀'}
  const wild = {...content, claims: [...content.claims, nasty], issuer: 'urn:a&b"c\'<>\t\u00A0'}
  const onlyHere = isHere ? test : test.skip

  onlyHere.each(forms)('%s: every signature verifies', async (_what, form, signatures) => {
    expect(judged(await signToken(wild, form, signer))).toEqual(Array(signatures).fill(true))
  })

  onlyHere.each(forms)('%s: a change is noticed', async (_what, form, signatures) => {
    const token = await signToken(content, form, signer)
    expect(judged(token.replace('>ada@', '>bob@'))).toEqual(Array(signatures).fill(false))
  })
})

test.each([
  ['prime256v1', 'sha256'],
  ['secp384r1', 'sha384'],
])('a key on %s signs by ECDSA', async (namedCurve, hash) => {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve})
  const token = await signToken(content, saml, {...signer, privateKey})
  const signedInfo = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(token)?.[0] ?? ''
  const canonical = signedInfo.replace(
    '<ds:SignedInfo>',
    '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
  )
  const value = Buffer.from(/<ds:SignatureValue>(.*?)</.exec(token)?.[1] ?? '', 'base64')
  expect(token).toContain(`xmldsig-more#ecdsa-${hash}`)
  expect(verify(hash, Buffer.from(canonical), {key: publicKey, dsaEncoding: 'ieee-p1363'}, value)).toBe(true)
})

test('the form of a browser: the token as it is by WS-Federation, in base64 by SAML 2.0, and the context only where there is one', () => {
  expect(toFormFields('<t/>', {protocol: 'WsFed', context: 'a=1&b'})).toEqual({
    wa: 'wsignin1.0',
    wctx: 'a=1&b',
    wresult: '<t/>',
  })
  expect(toFormFields('<é/>', {protocol: 'Samlp', context: 'r'})).toEqual({SAMLResponse: 'PMOpLz4=', RelayState: 'r'})
  expect(toFormFields('<t/>', {protocol: 'Samlp'})).toEqual({SAMLResponse: 'PHQvPg=='})
})

test.each(forms)('%s: a claim with two values is one attribute', async (_what, form) => {
  const claims = ['one', 'other'].map((value) => ({type: 'urn:x/role', value}))
  const [attribute, ...more] = all(parsed(await signToken({...content, claims}, form, signer)), 'Attribute')
  expect([attribute && texts(attribute, 'AttributeValue'), more]).toEqual([['one', 'other'], []])
})

test('other claims replace those of their type', () => {
  const other = {type: claimTypes.userPrincipalName, value: 'eve@contoso.com'}
  expect(userClaims(ada, 'WsFed', [other])).toEqual([{type: claimTypes.immutableId, value: ada.immutableId}, other])
})
