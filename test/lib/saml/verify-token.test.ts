import {generateKeyPairSync, X509Certificate} from 'node:crypto'
import {beforeAll, describe, expect, test} from '@jest/globals'
import type {ExpectedToken} from '../../../src/lib/saml/expected-token.ts'
import {TokenRefusal} from '../../../src/lib/saml/token-refusal.ts'
import {verifyToken} from '../../../src/lib/saml/verify-token.ts'
import {said, signToken, type TokenPlan} from '../../parts/sign-token.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const otherKey = rsaKey()
const certificateOf = async (privateKey: string) =>
  new X509Certificate((await signingIdentity(privateKey)).certificate.der)
const certificate = await certificateOf(key)
const other = await certificateOf(otherKey)

const expected: ExpectedToken = {certificates: [certificate], issuer: said.issuer, at: said.at}
const saml: ExpectedToken = {...expected, recipient: said.recipient, requestId: said.requestId}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const sha1 = 'http://www.w3.org/2000/09/xmldsig#'
const enveloped = `${sha1}enveloped-signature`

/** The code that refuses; undefined when the token is accepted. */
async function refusalOf(text: string, by: ExpectedToken): Promise<string | undefined> {
  try {
    await verifyToken(text, by)
    return undefined
  } catch (error) {
    if (error instanceof TokenRefusal) return error.problem
    throw error
  }
}

describe('verifyToken accepts', () => {
  test.each<[string, TokenPlan]>([
    ['SAML 1.1 in a token response', {}],
    [
      'the same of WS-Trust 1.3',
      {
        whole: (text) =>
          text.replaceAll(
            'http://schemas.xmlsoap.org/ws/2005/02/trust',
            'http://docs.oasis-open.org/ws-sx/ws-trust/200512',
          ),
      },
    ],
    [
      'the same in a collection of one',
      {
        whole: (text) =>
          `<c:RequestSecurityTokenResponseCollection xmlns:c="http://docs.oasis-open.org/ws-sx/ws-trust/200512">${text.replaceAll('http://schemas.xmlsoap.org/ws/2005/02/trust', 'http://docs.oasis-open.org/ws-sx/ws-trust/200512')}</c:RequestSecurityTokenResponseCollection>`,
      },
    ],
    ['SAML 2.0 in a token response', {form: 'saml20InTrust'}],
    ['a SAML response with a signed assertion', {form: 'saml'}],
    ['a signed SAML response', {form: 'saml', signs: 'response'}],
    ['a SAML response with both signed', {form: 'saml', signs: 'both'}],
    ['RSA-SHA384', {signatureMethod: `${more}rsa-sha384`}],
    ['RSA-SHA512', {signatureMethod: `${more}rsa-sha512`, digestMethod: 'http://www.w3.org/2001/04/xmlenc#sha512'}],
    ['a list of prefixes', {inclusivePrefixes: ['xs']}],
  ])('%s', async (_what, plan) => {
    const token = await verifyToken(signToken(key, plan), plan.form === 'saml' ? saml : expected)
    const {immutableId, userPrincipalName, issuer, audience} = said
    expect(token).toMatchObject({
      nameId: immutableId,
      immutableId,
      userPrincipalName,
      issuer,
      audience,
      id: '_assertion1',
    })
    expect(token.notOnOrAfter).toEqual(new Date('2026-11-21T12:59:30Z'))
    expect(token.hasMultipleAuthentication).toBe(false)
    expect(token.certificate).toBe(certificate)
    expect(token.warnings).toEqual([])
  })

  test.each([
    ['P-256', 'prime256v1', 'ecdsa-sha256'],
    ['P-384', 'secp384r1', 'ecdsa-sha384'],
  ])('ECDSA over %s', async (_what, namedCurve, method) => {
    const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve})
    const text = signToken(privateKey.export({type: 'pkcs8', format: 'pem'}).toString(), {
      signatureMethod: more + method,
    })
    const known = {publicKey, toString: () => publicKey.export({type: 'spki', format: 'pem'}).toString()}
    const token = await verifyToken(text, {...expected, certificates: [known as unknown as X509Certificate]})
    expect(token.immutableId).toBe(said.immutableId)
  })

  test('the next certificate when the current one did not sign', async () => {
    const token = await verifyToken(signToken(otherKey), {...expected, certificates: [certificate, other]})
    expect(token.certificate).toBe(other)
  })

  test('SHA-1 where it is allowed, with a warning', async () => {
    const text = signToken(key, {signatureMethod: `${sha1}rsa-sha1`, digestMethod: `${sha1}sha1`})
    const token = await verifyToken(text, {...expected, allowSha1: true})
    expect(token.warnings).toEqual([expect.stringContaining('SHA-1')])
  })

  test('a second factor, where SAML 1.1 and 2.0 have it', async () => {
    const multiple = 'http://schemas.microsoft.com/claims/multipleauthn'
    const old = await verifyToken(
      signToken(key, {assertion: (text) => text.replace('urn:oasis:names:tc:SAML:1.0:am:password', multiple)}),
      expected,
    )
    const modern = await verifyToken(
      signToken(key, {
        form: 'saml',
        assertion: (text) =>
          text.replace('urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport', multiple),
      }),
      saml,
    )
    expect([old, modern].map(({hasMultipleAuthentication}) => hasMultipleAuthentication)).toEqual([true, true])
  })

  test('a name with a plus that is written for HTML', async () => {
    const text = signToken(key, {form: 'saml', assertion: (all) => all.replace(/>EBES[^<]*</, '>a.2Bb.2Fc.3d=<')})
    expect(await verifyToken(text, saml)).toMatchObject({immutableId: 'a+b/c==', nameId: 'a.2Bb.2Fc.3d='})
  })
})

const replaced =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to)

/** One change for each check, and the code that answers it. What stands in `by` is expected besides. */
const refusals: readonly (readonly [string, string, TokenPlan, Partial<ExpectedToken>?])[] = [
  ['TokenTooLarge', 'too many bytes', {whole: (text) => text + ' '.repeat(256 * 1024)}],
  [
    'TokenTooLarge',
    'too deep',
    {whole: replaced('<t:TokenType>', `${'<a>'.repeat(70)}${'</a>'.repeat(70)}<t:TokenType>`)},
  ],
  ['TokenTooLarge', 'too many elements', {whole: replaced('<t:TokenType>', `${'<a/>'.repeat(4001)}<t:TokenType>`)}],
  [
    'TokenTooLarge',
    'too many attributes',
    {whole: replaced('<t:TokenType>', `<t:TokenType ${Array.from({length: 65}, (_, at) => `a${at}=""`).join(' ')}>`)},
  ],
  ['DoctypePresent', 'a document type', {whole: (text) => `<!DOCTYPE t>${text}`}],
  ['InstructionPresent', 'an instruction', {whole: replaced('<t:TokenType>', '<?x y?><t:TokenType>')}],
  ['NotXml', 'text before the root', {whole: (text) => `x${text}`}],
  ['NotXml', 'a comment before the root', {whole: (text) => `<!--x-->${text}`}],
  ['NotXml', 'another encoding', {whole: (text) => `<?xml version="1.0" encoding="ISO-8859-1"?>${text}`}],
  ['NotXml', 'a second root', {whole: (text) => `${text}<x/>`}],
  ['NotXml', 'a NUL', {whole: replaced('<t:TokenType>', '<t:TokenType>\u0000')}],
  ['NotXml', 'a reference to a control character', {whole: replaced('<t:TokenType>', '<t:TokenType>&#1;')}],
  ['NotXml', 'a prefix that is not declared', {whole: replaced('<t:TokenType>', '<q:x/><t:TokenType>')}],
  ['NotAToken', 'another root', {whole: (text) => `<x>${text}</x>`}],
  [
    'NotAToken',
    'a collection of the old WS-Trust',
    {
      whole: (text) =>
        `<t:RequestSecurityTokenResponseCollection xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust">${text}</t:RequestSecurityTokenResponseCollection>`,
    },
  ],
  ['WrongProtocol', 'wresult as SAMLResponse', {}, {protocol: 'Samlp'}],
  ['WrongProtocol', 'SAMLResponse as wresult', {form: 'saml'}, {protocol: 'WsFed'}],
  [
    'WrongProtocol',
    'a bare assertion',
    {whole: (text) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(text)?.[0] ?? ''},
    {protocol: 'WsFed'},
  ],
  [
    'AssertionEncrypted',
    'an encrypted assertion beside it',
    {
      form: 'saml',
      response: (text) =>
        text
          .replaceAll('t:RequestedSecurityToken>', 'u:RequestedSecurityToken>')
          .replace(
            '<t:RequestSecurityTokenResponse ',
            '<t:RequestSecurityTokenResponse xmlns:u="http://docs.oasis-open.org/ws-sx/ws-trust/200512" ',
          ),
    },
  ],
  ['ResponseForeign', 'a foreign child', {form: 'saml', response: replaced('<samlp:Status>', '<x/><samlp:Status>')}],
  [
    'ResponseForeign',
    'two statuses',
    {form: 'saml', response: replaced('<samlp:Status>', '<samlp:Status/><samlp:Status>')},
  ],
  ['IdRepeated', 'the id under another name', {whole: replaced('<t:TokenType>', '<t:TokenType xml:id="_assertion1">')}],
  ['NamespaceRelative', 'a relative namespace', {whole: replaced('<t:TokenType>', '<t:TokenType xmlns:v="v">')}],
  ['IssuerUnknown', 'another issuer', {assertion: replaced('Issuer="urn:fabrikam:com"', 'Issuer="urn:fabrikam:COM"')}],
  [
    'IssuerUnknown',
    'another issuer of the response',
    {form: 'saml', response: replaced('>urn:fabrikam:com</saml2', '>urn:x</saml2')},
  ],
  ['NotSigned', 'no signature', {signs: 'nothing'}],
  [
    'SignatureMisplaced',
    'a second signature',
    {whole: replaced('<t:TokenType>', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/><t:TokenType>')},
  ],
  [
    'SignatureMisplaced',
    'not at the end',
    {
      whole: (text) => {
        const [signature = ''] = /<ds:Signature.*<\/ds:Signature>/s.exec(text) ?? []
        return text.replace(signature, '').replace('<saml:Conditions', `${signature}<saml:Conditions`)
      },
    },
  ],
  [
    'ContentHidden',
    'a comment',
    {whole: (text) => text.replaceAll(/>EBES[^<]*<\/saml:NameIdentifier>/g, '></saml:NameIdentifier>')},
  ],
  ['SubjectsDiffer', 'two subjects', {assertion: replaced(/>EBES/, '>FBES')}],
  ['ConfirmationWrong', 'a holder of a key', {assertion: replaced('cm:bearer', 'cm:holder-of-key')}],
  [
    'ConfirmationWrong',
    'none in SAML 2.0',
    {form: 'saml', assertion: replaced(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, '')},
  ],
  [
    'ConfirmationWrong',
    'one without conditions',
    {form: 'saml', assertion: replaced(/<saml:SubjectConfirmationData[^>]*>/, '')},
  ],
  [
    'ConfirmationExpired',
    'expired',
    {form: 'saml', assertion: replaced('NotOnOrAfter="2026-11-21T12:04', 'NotOnOrAfter="2026-11-21T11:04')},
  ],
  [
    'ConfirmationExpired',
    'without an end',
    {form: 'saml', assertion: replaced(/(Recipient="[^"]*") NotOnOrAfter="[^"]*"/, '$1')},
  ],
  [
    'ConfirmationExpired',
    'not yet',
    {
      form: 'saml',
      assertion: replaced(
        '<saml:SubjectConfirmationData',
        '<saml:SubjectConfirmationData NotBefore="2026-11-21T12:04:00Z"',
      ),
    },
  ],
  [
    'RecipientWrong',
    'another recipient',
    {form: 'saml', assertion: replaced('Recipient="https://', 'Recipient="https://x.')},
  ],
  ['RecipientWrong', 'none', {form: 'saml', assertion: replaced(/ Recipient="[^"]*"/, '')}, {}],
  [
    'RequestUnknown',
    'another request',
    {form: 'saml', assertion: replaced('InResponseTo="_request1"', 'InResponseTo="_request2"')},
  ],
  ['RequestUnknown', 'none in what is signed', {form: 'saml', assertion: replaced(/ InResponseTo="_request1"/, '')}],
  [
    'RequestUnknown',
    'another one around it',
    {form: 'saml', response: replaced('InResponseTo="_request1"', 'InResponseTo="_request2"')},
  ],
  [
    'StatementMissing',
    'nobody authenticated',
    {form: 'saml', assertion: replaced(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/, '')},
  ],
  [
    'SessionExpired',
    'the session ended',
    {form: 'saml', assertion: replaced('SessionIndex="_s1"', 'SessionNotOnOrAfter="2026-11-21T11:56:00Z"')},
  ],
  ['NameUnsafe', 'a mark of direction', {assertion: replaced('grace@', 'grace\u202E@')}],
  ['NameUnsafe', 'a name of no width', {assertion: (text) => text.replaceAll('>EBES', '>\u200BEBES')}],
  [
    'ClaimAmbiguous',
    'two names',
    {
      assertion: replaced(
        '<saml:AttributeValue>grace',
        '<saml:AttributeValue>ada@x.com</saml:AttributeValue><saml:AttributeValue>grace',
      ),
    },
  ],
]

describe('verifyToken refuses', () => {
  test.each(refusals)('%s: %s', async (code, _what, plan, by = {}) => {
    expect(await refusalOf(signToken(key, plan), {...(plan.form === 'saml' ? saml : expected), ...by})).toBe(code)
  })

  let weak: X509Certificate
  beforeAll(async () => {
    weak = await certificateOf(rsaKey(1024))
  })
  test('KeyWeak: a key of 1024 bits, also as the next one', async () => {
    expect(await refusalOf(signToken(key), {...expected, certificates: [certificate, weak]})).toBe('KeyWeak')
  })

  test('nothing of a token is repeated in the words of a refusal', async () => {
    for (const [, , plan, by = {}] of refusals) {
      const text = signToken(key, plan).replaceAll(/grace|EBES|_request|_assertion/g, (word) => word)
      const error: unknown = await verifyToken(text, {...(plan.form === 'saml' ? saml : expected), ...by}).catch(
        (one) => one,
      )
      expect(String(error)).not.toMatch(/grace|EBES|_request1|_assertion1|admin@/)
    }
  })
})
