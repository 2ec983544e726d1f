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
const saml: ExpectedToken = {...expected, recipients: [said.recipient], requestId: said.requestId}

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

const trust = 'http://schemas.xmlsoap.org/ws/2005/02/trust'
const trust13 = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512'
const beforeType = (markup: string) => replaced('<t:TokenType>', `${markup}<t:TokenType>`)

/** One change for each check, and the code that answers it. What stands in `by` is expected besides. */
const refusals: readonly (readonly [string, string, TokenPlan, Partial<ExpectedToken>?])[] = [
  ['TokenTooLarge', 'too many bytes', {whole: (text) => text + ' '.repeat(256 * 1024)}],
  ['TokenTooLarge', 'too deep', {whole: beforeType(`${'<a>'.repeat(70)}${'</a>'.repeat(70)}`)}],
  ['TokenTooLarge', 'too many elements', {whole: beforeType('<a/>'.repeat(4001))}],
  [
    'TokenTooLarge',
    'too many attributes',
    {whole: beforeType(`<a ${Array.from({length: 65}, (_, at) => `a${at}=""`).join(' ')}/>`)},
  ],
  ['DoctypePresent', 'a document type', {whole: (text) => `<!DOCTYPE t>${text}`}],
  ['InstructionPresent', 'an instruction', {whole: beforeType('<?x y?>')}],
  ['NotXml', 'text before the root', {whole: (text) => `x${text}`}],
  ['NotXml', 'a comment before the root', {whole: (text) => `<!--x-->${text}`}],
  ['NotXml', 'another encoding', {whole: (text) => `<?xml version="1.0" encoding="ISO-8859-1"?>${text}`}],
  ['NotXml', 'a second root', {whole: (text) => `${text}<x/>`}],
  ['NotXml', 'a NUL', {whole: beforeType('<a>\u0000</a>')}],
  ['NotXml', 'a reference to a control character', {whole: beforeType('<a>&#1;</a>')}],
  ['NotXml', 'a prefix that is not declared', {whole: beforeType('<q:x/>')}],
  ['NotAToken', 'another root', {whole: (text) => `<x>${text}</x>`}],
  [
    'NotAToken',
    'a collection of the old WS-Trust',
    {
      whole: (text) =>
        `<c:RequestSecurityTokenResponseCollection xmlns:c="${trust}">${text}</c:RequestSecurityTokenResponseCollection>`,
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
      response: replaced(
        '</samlp:Response>',
        '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/></samlp:Response>',
      ),
    },
  ],
  ['AssertionMissing', 'no assertion', {whole: replaced(/<saml:Assertion.*<\/saml:Assertion>/s, '')}],
  ['SeveralAssertions', 'one of no namespace', {whole: beforeType('<Assertion/>')}],
  [
    'AssertionMisplaced',
    'something beside it',
    {whole: replaced('</t:RequestedSecurityToken>', '<x/></t:RequestedSecurityToken>')},
  ],
  ['AssertionMisplaced', 'two requested tokens', {whole: beforeType('<t:RequestedSecurityToken/>')}],
  [
    'AssertionMisplaced',
    'a token of the other WS-Trust',
    {
      whole: (text) => text.replace('<t:RequestedSecurityToken>', `<t:RequestedSecurityToken xmlns:t="${trust13}">`),
    },
  ],
  ['ResponseForeign', 'a foreign child', {form: 'saml', response: replaced('<samlp:Status>', '<x/><samlp:Status>')}],
  [
    'ResponseForeign',
    'two statuses',
    {form: 'saml', response: replaced('<samlp:Status>', '<samlp:Status/><samlp:Status>')},
  ],
  ['IdRepeated', 'the id under another name', {whole: beforeType('<a xml:id="_assertion1"/>')}],
  ['NamespaceRelative', 'a relative namespace', {whole: beforeType('<a xmlns:v="v"/>')}],
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
    {whole: beforeType('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')},
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
  ['ContentHidden', 'a comment', {whole: replaced('<saml:Conditions', '<!--x--><saml:Conditions')}],
  ['ContentHidden', 'a CDATA section', {whole: replaced('>grace@fabrikam.com<', '><![CDATA[grace@fabrikam.com]]><')}],
  [
    'SignatureShape',
    'a second SignedInfo',
    {whole: (text) => text.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, (one) => one + one)},
  ],
  ['SignatureShape', 'an element in the digest', {whole: replaced('<ds:DigestValue>', '<ds:DigestValue><ds:x/>')}],
  ['SignatureShape', 'text in the SignedInfo', {whole: replaced('<ds:SignedInfo>', '<ds:SignedInfo>x')}],
  ['SignatureReference', 'another element', {whole: replaced('URI="#_assertion1"', 'URI="#_assertion2"')}],
  ['SignatureReference', 'the whole document', {whole: replaced('URI="#_assertion1"', 'URI=""')}],
  ['SignatureTransforms', 'enveloped alone', {transforms: [enveloped]}],
  [
    'SignatureTransforms',
    'inclusive canonicalization',
    {whole: replaced('http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315')},
  ],
  ['SignatureTransforms', 'a thousand prefixes', {inclusivePrefixes: Array.from({length: 1000}, (_, at) => `p${at}`)}],
  [
    'KeyFetched',
    'a retrieval method',
    {
      whole: replaced(
        '</ds:Signature>',
        '<ds:KeyInfo><ds:RetrievalMethod URI="http://x/"/></ds:KeyInfo></ds:Signature>',
      ),
    },
  ],
  ['KeyFetched', 'an object', {whole: replaced('</ds:Signature>', '<ds:Object/></ds:Signature>')}],
  ['Sha1', 'SHA-1', {signatureMethod: `${sha1}rsa-sha1`}],
  ['Sha1', 'a SHA-1 digest', {digestMethod: `${sha1}sha1`}],
  ['AlgorithmNotAccepted', 'HMAC', {whole: replaced(`${more}rsa-sha256`, `${more}hmac-sha256`)}],
  ['AlgorithmNotAccepted', 'a name that JavaScript knows', {whole: replaced(`${more}rsa-sha256`, 'constructor')}],
  ['ContentChanged', 'another name', {whole: (text) => text.replaceAll('grace@', 'admin@')}],
  ['KeyUnknown', 'another key', {}, {certificates: [other]}],
  ['KeyUnknown', 'no key at all', {}, {certificates: []}],
  ['KeyUnknown', 'another value', {whole: replaced(/<ds:SignatureValue>..../, '<ds:SignatureValue>AAAA')}],
  ['TimeMissing', 'no end', {assertion: replaced(/ NotOnOrAfter="[^"]*"/, '')}],
  ['TimeMissing', 'no beginning', {assertion: replaced(/ NotBefore="[^"]*"/, '')}],
  ['TimeMissing', 'no issue', {assertion: replaced(/ IssueInstant="[^"]*"/, '')}],
  [
    'TimeMissing',
    'a day that no calendar has',
    {assertion: replaced('NotOnOrAfter="2026-11-21', 'NotOnOrAfter="2026-11-31')},
  ],
  ['TimeMissing', 'no conditions', {assertion: replaced(/<saml:Conditions.*<\/saml:Conditions>/, '')}],
  [
    'TimeMissing',
    'a time of authentication that is none',
    {assertion: replaced(/AuthenticationInstant="[^"]*"/, 'AuthenticationInstant="now"')},
  ],
  ['IssuedInFuture', 'issued tomorrow', {assertion: replaced('IssueInstant="2026-11-21', 'IssueInstant="2026-11-22')}],
  ['NotYetValid', 'valid later', {assertion: replaced('NotBefore="2026-11-21T11:59', 'NotBefore="2026-11-21T12:05')}],
  ['Expired', 'expired', {}, {at: new Date('2026-11-21T13:02:31Z')}],
  [
    'LifetimeTooLong',
    'valid too long',
    {assertion: replaced('NotOnOrAfter="2026-11-21T12:59', 'NotOnOrAfter="2026-11-21T13:00')},
  ],
  [
    'LifetimeTooLong',
    'more than a day, whatever is allowed',
    {assertion: replaced('NotOnOrAfter="2026-11-21', 'NotOnOrAfter="2026-11-23')},
    {lifetimeMinutes: 1e9},
  ],
  ['AudienceWrong', 'another audience', {assertion: replaced('<saml:Audience>urn:', '<saml:Audience>URN:')}],
  [
    'AudienceWrong',
    'a second restriction',
    {
      assertion: replaced(
        '</saml:Conditions>',
        '<saml:AudienceRestrictionCondition><saml:Audience>urn:x</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>',
      ),
    },
  ],
  [
    'AudienceWrong',
    'none',
    {assertion: replaced(/<saml:AudienceRestrictionCondition>.*<\/saml:AudienceRestrictionCondition>/, '')},
  ],
  [
    'ConditionUnknown',
    'an unknown condition',
    {assertion: replaced('</saml:Conditions>', '<x:Foo xmlns:x="urn:x"/></saml:Conditions>')},
  ],
  ['VersionUnknown', 'SAML 1.9', {assertion: replaced('MinorVersion="1"', 'MinorVersion="9"')}],
  [
    'VersionUnknown',
    'a response of version 3',
    {form: 'saml', response: replaced('ID="_response1" Version="2.0"', 'ID="_response1" Version="3.0"')},
  ],
  ['StatusNotSuccess', 'a failure', {form: 'saml', response: replaced('status:Success', 'status:Responder')}],
  ['StatusNotSuccess', 'no status', {form: 'saml', response: replaced(/<samlp:Status>.*<\/samlp:Status>/, '')}],
  [
    'DestinationWrong',
    'another destination',
    {form: 'saml', response: replaced('Destination="https://', 'Destination="https://x.')},
  ],
  [
    'DestinationWrong',
    'a signed response without',
    {form: 'saml', signs: 'response', response: replaced(/ Destination="[^"]*"/, '')},
  ],
  ['SubjectMissing', 'no name', {form: 'saml', assertion: replaced(/<saml:NameID.*<\/saml:NameID>/, '')}],
  [
    'SubjectMissing',
    'an empty name',
    {assertion: (text) => text.replaceAll(/>EBES[^<]*<\/saml:NameIdentifier>/g, '></saml:NameIdentifier>')},
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
