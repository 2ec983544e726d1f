import {setTimeout} from 'node:timers/promises'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {sql} from 'kysely'
import {openStore, type Store} from '../../../src/lib/directory/store/open-store.ts'
import type {Queries} from '../../../src/lib/directory/store/schema.ts'
import {toFormFields} from '../../../src/lib/saml/to-form-fields.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {
  federate,
  newDomain,
  newProvider,
  newToken,
  newUser,
  type Provider,
  postForm,
  postToken,
  saml,
  wsFederation,
} from '../../parts/sign-in-lab.ts'
import {signToken} from '../../parts/sign-token.ts'
import {testStore} from '../../parts/test-store.ts'

const [ada, bob, grace, kim] = ['AAECAwQFBgcICQoLDA0ODw==', 'EBESExQVFhcYGRobHB0eHw==', 'Z3JhY2Vncg==', 'a2lta2lt']
let lab: TestDirectory
let seen: Store
let contoso: TestTenant
let sts: Provider
let other: Provider
let trust: string
let adaPath: string
beforeAll(async () => {
  lab = await openTestDirectory()
  seen = await openStore(testStore(lab.file), process.geteuid?.())
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  sts = await newProvider('http://sts.contoso.test/adfs/services/trust')
  other = await newProvider('urn:fabrikam')
  for (const name of ['contoso.test', 'eu.contoso.test', 'fabrikam.test', 'managed.test'])
    await newDomain(contoso, name)
  trust = await federate(contoso, 'contoso.test', sts)
  await federate(contoso, 'fabrikam.test', other)
  adaPath = await newUser(contoso, 'ada@contoso.test', ada)
  await newUser(contoso, 'bob@fabrikam.test', bob)
  await newUser(contoso, 'grace@managed.test', grace)
  await newUser(contoso, 'kim@eu.contoso.test', kim)
})
afterAll(async () => {
  await seen.close()
  await lab.close()
})

/** What the store has, seen by another one on the same place. */
const used = () => seen.read((db) => db.selectFrom('usedTokens').selectAll().execute())
const signIns = () => seen.read((db) => db.selectFrom('signIns').selectAll().orderBy('sequence', 'desc').execute())
const sessions = () => seen.read((db) => db.selectFrom('sessions').selectAll().orderBy('id').execute())
const refused = (aadsts: number, code: string) => ({
  status: aadsts === 20012 ? 400 : 401,
  json: {errorCode: aadsts, code, message: expect.stringMatching(`^AADSTS${aadsts}: `)},
})

describe('a token that is accepted', () => {
  test.each([
    ['WS-Federation', 'WsFed', wsFederation],
    ['WS-Trust 1.3', 'WsFed', {...wsFederation, trustVersion: '1.3'}],
    ['SAML 2.0', 'Samlp', saml],
    ['SAML 2.0, both signed', 'Samlp', {...saml, signResponse: true}],
  ] as const)('by %s opens a session', async (_, protocol, form) => {
    const before = (await sessions()).length
    const reply = await postToken(
      lab,
      await newToken(lab, sts, {form: form as typeof wsFederation, immutableId: ada}),
      protocol,
    )
    expect(reply).toMatchObject({
      status: 200,
      json: {
        userPrincipalName: 'ada@contoso.test',
        tenantId: contoso.id,
        expiresDateTime: '2026-11-21T18:00:00.000Z',
        context: 'estsredirect=2',
      },
    })
    expect(await sessions()).toHaveLength(before + 1)
    const secret = /^__Host-fedctl-session=([\w-]{43}); Path=\/; Secure; HttpOnly; SameSite=Lax$/.exec(
      `${reply.headers['set-cookie']}`,
    )
    expect(secret?.[1]).toBeDefined()
    expect(JSON.stringify([await sessions(), await signIns(), reply.text])).not.toContain(secret?.[1])
    expect((await signIns())[0]).toMatchObject({
      tenantId: contoso.id,
      userId: adaPath.slice('/users/'.length),
      userPrincipalName: 'ada@contoso.test',
      issuer: sts.issuer,
      errorCode: 0,
      correlationId: reply.json['correlationId'],
      createdDateTime: '2026-11-21T10:00:00.000Z',
    })
  })

  test('is answered with a page where no JSON is asked for; what is echoed is escaped, and nothing in it runs', async () => {
    const wresult = await newToken(lab, sts, {immutableId: ada})
    const fields = {wa: 'wsignin1.0', wresult, wctx: `<script>alert('"&')</script>`}
    const {status, text, headers} = await postForm(lab, fields, {accept: 'text/html'})
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*form-action 'none'/)
    expect(headers['cache-control']).toBe('no-store')
    expect(text).toContain('&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;')
    expect(text).not.toContain('<script')
    expect(text).toContain('ada@contoso.test')
  })

  test('may be signed by the next certificate, and after that is taken back by the current one only', async () => {
    const next = await newProvider(sts.issuer)
    const token = () => newToken(lab, next, {immutableId: ada})
    expect(await postToken(lab, await token())).toMatchObject(refused(5000811, 'KeyUnknown'))
    await contoso.send('PATCH', trust, {nextSigningCertificate: next.certificate})
    expect((await postToken(lab, await token())).status).toBe(200)
    expect((await postToken(lab, await newToken(lab, sts, {immutableId: ada}))).status).toBe(200)
    await contoso.send('PATCH', trust, {nextSigningCertificate: null})
    expect(await postToken(lab, await token())).toMatchObject(refused(5000811, 'KeyUnknown'))
  })

  test('may have been posted to a name of the directory’s own', async () => {
    const recipient = 'https://directory.test/login.srf'
    const token = await newToken(lab, sts, {form: saml, immutableId: ada, recipient})
    expect((await postToken(lab, token, 'Samlp')).status).toBe(200)
  })

  test('says of a second factor what the trust allows it to say', async () => {
    const last = async (): Promise<unknown> => {
      await postToken(lab, await newToken(lab, sts, {immutableId: ada, multiFactor: true}))
      return (await sessions()).at(-1)?.['isMultiFactor']
    }
    expect(await last()).toBe(1)
    await contoso.send('PATCH', trust, {federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp'})
    expect(await last()).toBe(0)
    await contoso.send('PATCH', trust, {federatedIdpMfaBehavior: null})
    await postToken(lab, await newToken(lab, sts, {immutableId: ada}))
    expect((await sessions()).at(-1)?.['isMultiFactor']).toBe(0)
  })

  test('may be for a user of a subdomain that follows the domain of the trust', async () => {
    expect(await postToken(lab, await newToken(lab, sts, {immutableId: kim}))).toMatchObject({
      status: 200,
      json: {userPrincipalName: 'kim@eu.contoso.test'},
    })
  })
})

describe('what the tokens of a trust are allowed', () => {
  const rules = '/fedctl/v1/domains/contoso.test/tokenRules'
  const allow = (change: object) => contoso.send('PATCH', rules, change)
  const eightHours = () =>
    newToken(lab, sts, {immutableId: ada, notOnOrAfter: new Date(lab.clock.now.getTime() + 8 * 3600_000)})

  test('is strict until it is said, is read back, and is not told as Graph', async () => {
    expect((await contoso.send('GET', rules)).json).toEqual({lifetimeMinutes: 60, allowSha1: false})
    expect(await allow({lifetimeMinutes: 1440})).toMatchObject({
      status: 200,
      json: {lifetimeMinutes: 1440, allowSha1: false},
    })
    expect((await contoso.send('GET', '/fedctl/v1/domains/EU.contoso.test/tokenRules')).json).toMatchObject({
      lifetimeMinutes: 1440,
    })
    const {json} = await contoso.send('GET', trust)
    expect(Object.keys(json).filter((name) => /lifetime|sha1|tenant/i.test(name))).toEqual([])
    await allow({lifetimeMinutes: 60})
  })

  test.each([
    ['no lifetime', {lifetimeMinutes: 0}],
    ['more than a day', {lifetimeMinutes: 1441}],
    ['a fraction', {lifetimeMinutes: 1.5}],
    ['null', {allowSha1: null}],
    ['another rule', {skewSeconds: 1}],
  ])('cannot be %s', async (_, change) => {
    expect((await allow(change)).status).toBe(400)
    expect((await contoso.send('GET', rules)).json).toEqual({lifetimeMinutes: 60, allowSha1: false})
  })

  test('there is none of a managed domain, of one that follows another only that one’s, and of no foreign tenant', async () => {
    const [managed, follower] = ['managed.test', 'eu.contoso.test'].map((name) => rules.replace('contoso.test', name))
    expect((await contoso.send('GET', `${managed}`)).status).toBe(404)
    expect((await contoso.send('PATCH', `${follower}`, {lifetimeMinutes: 90})).status).toBe(400)
    const stranger = await lab.newTenant('stranger.onmicrosoft.com')
    expect((await stranger.send('PATCH', rules, {lifetimeMinutes: 90})).status).toBe(404)
    expect((await lab.ownerSend('GET', rules)).status).toBe(403)
  })

  test('a token that is valid for eight hours is refused until its trust may have such', async () => {
    expect(await postToken(lab, await eightHours())).toMatchObject(refused(500133, 'LifetimeTooLong'))
    await allow({lifetimeMinutes: 480})
    expect((await postToken(lab, await eightHours())).status).toBe(200)
    await allow({lifetimeMinutes: 479})
    expect(await postToken(lab, await eightHours())).toMatchObject(refused(500133, 'LifetimeTooLong'))
    await allow({lifetimeMinutes: 60})
  })

  test('a token that is signed by SHA-1 is refused until its trust may have such, and then warned of', async () => {
    const shifted = (text: string): string =>
      text.replaceAll('urn:fabrikam:com', other.issuer).replaceAll('T11:5', 'T09:5').replaceAll('T12:5', 'T10:5')
    const sha1 = 'http://www.w3.org/2000/09/xmldsig#'
    const methods = {signatureMethod: `${sha1}rsa-sha1`, digestMethod: `${sha1}sha1`}
    const token = signToken(other.key, {assertion: shifted, ...methods})
    expect(await postToken(lab, token)).toMatchObject(refused(50006, 'Sha1'))
    await contoso.send('PATCH', '/fedctl/v1/domains/fabrikam.test/tokenRules', {allowSha1: true})
    expect(await postToken(lab, token)).toMatchObject({
      status: 200,
      json: {userPrincipalName: 'bob@fabrikam.test', warning: expect.stringContaining('SHA-1')},
    })
    expect((await postToken(lab, await newToken(lab, other, {immutableId: bob}))).json).not.toHaveProperty('warning')
  })

  test('goes with the trust: the next one is strict again', async () => {
    await newDomain(contoso, 'again.test')
    const provider = await newProvider('urn:again')
    const again = rules.replace('contoso.test', 'again.test')
    const path = await federate(contoso, 'again.test', provider)
    await contoso.send('PATCH', again, {lifetimeMinutes: 480, allowSha1: true})
    await contoso.send('DELETE', path)
    expect((await contoso.send('GET', again)).status).toBe(404)
    await federate(contoso, 'again.test', provider)
    expect((await contoso.send('GET', again)).json).toEqual({lifetimeMinutes: 60, allowSha1: false})
  })
})

describe('a token is refused', () => {
  const later = (minutes: number): Date => new Date(lab.clock.now.getTime() + minutes * 60_000)
  test.each([
    [
      'whose issuer nobody has',
      50107,
      'IssuerUnknown',
      () => newToken(lab, {...sts, issuer: 'urn:nobody'}, {immutableId: ada}),
    ],
    [
      'whose issuer differs in case',
      50107,
      'IssuerUnknown',
      () => newToken(lab, {...sts, issuer: sts.issuer.toUpperCase()}, {immutableId: ada}),
    ],
    [
      'signed by the key of another trust',
      5000811,
      'KeyUnknown',
      () => newToken(lab, {...other, issuer: sts.issuer}, {immutableId: ada}),
    ],
    [
      'that was changed',
      50006,
      'ContentChanged',
      async () => (await newToken(lab, sts, {immutableId: ada})).replaceAll(ada, bob),
    ],
    [
      'for another audience',
      50013,
      'AudienceWrong',
      () => newToken(lab, sts, {immutableId: ada, audience: 'urn:other'}),
    ],
    [
      'that has ended',
      500133,
      'Expired',
      () => newToken(lab, sts, {immutableId: ada, notBefore: later(-60), notOnOrAfter: later(-4)}),
    ],
    [
      'that is valid for two hours',
      500133,
      'LifetimeTooLong',
      () => newToken(lab, sts, {immutableId: ada, notOnOrAfter: later(120)}),
    ],
    ['for a user who does not exist', 51004, 'UserUnknown', () => newToken(lab, sts, {immutableId: 'bm9ib2R5'})],
    [
      'for a user whose id differs in case',
      51004,
      'UserUnknown',
      () => newToken(lab, sts, {immutableId: ada.toLowerCase()}),
    ],
    [
      'without an immutable id',
      90020,
      'ImmutableIdMissing',
      () =>
        newToken(lab, sts, {
          immutableId: ada,
          claims: [{type: 'http://schemas.xmlsoap.org/claims/UPN', value: 'ada@contoso.test'}],
        }),
    ],
    ['for a user of another trust', 5000820, 'DomainWrong', () => newToken(lab, sts, {immutableId: bob})],
    ['for a user of a managed domain', 5000820, 'DomainWrong', () => newToken(lab, sts, {immutableId: grace})],
  ] as const)('%s', async (_, aadsts, code, token) => {
    const before = (await sessions()).length
    const reply = await postToken(lab, await token())
    expect(reply).toMatchObject(refused(aadsts, code))
    expect(reply.json['timestamp']).toBe('2026-11-21T10:00:00Z')
    expect(reply.headers).not.toHaveProperty('set-cookie')
    expect(await sessions()).toHaveLength(before)
    expect((await signIns())[0]).toMatchObject({errorCode: aadsts, correlationId: reply.json['correlationId']})
  })

  test.each(['https://login.microsoftonline.com/login.srf?', 'https://host.test/login.srf'])(
    'for another recipient, by SAML 2.0, also when the request names its host: %s',
    async (recipient) => {
      const token = await newToken(lab, sts, {form: saml, immutableId: ada, recipient})
      const fields = toFormFields(token, {protocol: 'Samlp', context: ''})
      const hosts = {host: 'host.test', 'x-forwarded-host': 'host.test', 'x-forwarded-proto': 'https'}
      const reply = await postForm(lab, fields, hosts, recipient)
      expect(reply).toMatchObject(refused(50013, 'DestinationWrong'))
    },
  )

  test('of a disabled user, and of a deleted one', async () => {
    await contoso.send('PATCH', adaPath, {accountEnabled: false})
    expect(await postToken(lab, await newToken(lab, sts, {immutableId: ada}))).toMatchObject(
      refused(50057, 'UserDisabled'),
    )
    expect((await signIns())[0]).toMatchObject({userPrincipalName: 'ada@contoso.test', errorCode: 50057})
    await contoso.send('PATCH', adaPath, {accountEnabled: true})
    await contoso.send('DELETE', adaPath)
    expect(await postToken(lab, await newToken(lab, sts, {immutableId: ada}))).toMatchObject(
      refused(51004, 'UserUnknown'),
    )
    await contoso.send('POST', `/directory/deletedItems${adaPath.slice('/users'.length)}/restore`)
    expect((await postToken(lab, await newToken(lab, sts, {immutableId: ada}))).status).toBe(200)
  })

  test('for a user of another tenant with the same immutable id: each trust finds its own', async () => {
    const tailspin = await lab.newTenant('tailspin.onmicrosoft.com')
    const provider = await newProvider('urn:tailspin')
    await newDomain(tailspin, 'tailspin.test')
    await federate(tailspin, 'tailspin.test', provider)
    expect(await postToken(lab, await newToken(lab, provider, {immutableId: ada}))).toMatchObject(
      refused(51004, 'UserUnknown'),
    )
    expect((await signIns())[0]).toMatchObject({tenantId: tailspin.id, userId: null})
    await newUser(tailspin, 'ada@tailspin.test', ada)
    expect(await postToken(lab, await newToken(lab, provider, {immutableId: ada}))).toMatchObject({
      json: {userPrincipalName: 'ada@tailspin.test', tenantId: tailspin.id},
    })
    const mine = await newToken(lab, sts, {immutableId: ada})
    expect(await postToken(lab, mine)).toMatchObject({json: {tenantId: contoso.id}})
  })

  test('signed with a certificate that has expired', async () => {
    const old = await newProvider(sts.issuer, {notAfter: new Date('2026-11-20T00:00:00Z')})
    await contoso.send('PATCH', trust, {nextSigningCertificate: old.certificate})
    expect(await postToken(lab, await newToken(lab, old, {immutableId: ada}))).toMatchObject(
      refused(50017, 'CertificateNotValid'),
    )
    await contoso.send('PATCH', trust, {nextSigningCertificate: null})
  })

  test('when its trust is changed while it is judged', async () => {
    const token = await newToken(lab, sts, {immutableId: ada})
    const move = (db: Queries, from: string, to: string) =>
      db.updateTable('federations').set({issuerUri: to}).where('issuerUri', '=', from).execute()
    let reply: ReturnType<typeof postToken> | undefined
    await seen.change(async (db) => {
      reply = postToken(lab, token)
      await setTimeout(300)
      // The judge is done, and the session waits for the change to end.
      await move(db, sts.issuer, 'urn:moved')
    })
    expect(await reply).toMatchObject(refused(50107, 'IssuerUnknown'))
    await seen.change((db) => move(db, 'urn:moved', sts.issuer))
    expect((await postToken(lab, token)).status).toBe(200)
  })

  test('and what is said of it holds nothing of the token', async () => {
    const token = await newToken(lab, {...sts, issuer: 'urn:secret-issuer'}, {immutableId: 'c2VjcmV0'})
    const {text} = await postForm(lab, {wa: 'wsignin1.0', wresult: token}, {accept: '*/*'})
    expect(text).toContain('AADSTS50107')
    expect(text).not.toMatch(/secret-issuer|c2VjcmV0|Assertion/)
  })
})

describe('one time', () => {
  test('a token is accepted once, and remembered by a store that was closed', async () => {
    const [first, second] = [await newToken(lab, sts, {immutableId: ada}), await newToken(lab, sts, {immutableId: ada})]
    expect((await postToken(lab, first)).status).toBe(200)
    expect(await postToken(lab, first)).toMatchObject(refused(50013, 'TokenUsed'))
    expect((await postToken(lab, second)).status).toBe(200)
    lab = await lab.reopen()
    contoso = {...contoso, send: lab.sendAs({tenantId: contoso.id})}
    expect(await postToken(lab, first)).toMatchObject(refused(50013, 'TokenUsed'))
  })

  test('of posts at once to two directories on one file one is accepted', async () => {
    const beside = await openTestDirectory(lab.file)
    for (let round = 0; round < 5; round++) {
      const token = await newToken(lab, sts, {immutableId: ada})
      const replies = await Promise.all([lab, beside, lab, beside].map((one) => postToken(one, token)))
      expect(replies.map(({status}) => status).sort()).toEqual([200, 401, 401, 401])
    }
    await beside.directory.close()
  })

  test('it stays used until the judge refuses it by its time; then it is forgotten', async () => {
    const start = lab.clock.now
    const token = await newToken(lab, sts, {immutableId: ada})
    expect((await postToken(lab, token)).status).toBe(200)
    lab.clock.now = new Date(start.getTime() + 3600_000 + 179_000)
    expect(await postToken(lab, token)).toMatchObject(refused(50013, 'TokenUsed'))
    const kept = (await used()).length
    lab.clock.now = new Date(start.getTime() + 3600_000 + 180_000)
    expect(await postToken(lab, token)).toMatchObject(refused(500133, 'Expired'))
    await postToken(lab, await newToken(lab, sts, {immutableId: ada}))
    expect((await used()).length).toBeLessThan(kept)
    lab.clock.now = start
  })

  test('what is refused is not used up', async () => {
    const token = await newToken(lab, sts, {immutableId: ada})
    await contoso.send('PATCH', adaPath, {accountEnabled: false})
    expect((await postToken(lab, token)).status).toBe(401)
    await contoso.send('PATCH', adaPath, {accountEnabled: true})
    expect((await postToken(lab, token)).status).toBe(200)
  })
})

describe('what is written down', () => {
  test('of refusals the last 50,000 are kept, and everything for 30 days', async () => {
    const start = lab.clock.now
    const count = (accepted: boolean) =>
      seen.read(async (db) => {
        const all = db.selectFrom('signIns').select((is) => is.fn.countAll<number>().as('count'))
        const {count: found} = await all.where('errorCode', accepted ? '=' : '<>', 0).executeTakeFirstOrThrow()
        return Number(found)
      })
    const counts = async () => [await count(false), await count(true)]
    const [, accepted] = await counts()
    await seen.change((db) =>
      sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 50001)
        insert into "signIns" ("createdDateTime", "correlationId", "errorCode")
        select '2026-11-21T10:00:00.000Z', 'x', 20012 from n`.execute(db),
    )
    await postForm(lab, 'wa=wsignin1.0&wresult=x')
    expect(await counts()).toEqual([50_000, accepted])
    lab.clock.now = new Date(start.getTime() + 31 * 24 * 3600_000)
    await postForm(lab, 'wa=wsignin1.0&wresult=x')
    expect(await counts()).toEqual([1, 0])
    lab.clock.now = start
  })
})

describe('a form is refused', () => {
  const form = 'wa=wsignin1.0&wresult=x'
  test.each([
    ['of another type', form, {'content-type': 'application/json'}, 'FormMalformed'],
    ['without a token', 'wa=wsignin1.0', {}, 'FormMalformed'],
    ['with tokens of both protocols', `${form}&SAMLResponse=eA==`, {}, 'FormMalformed'],
    ['with two tokens', `${form}&wresult=y`, {}, 'FormMalformed'],
    ['with two contexts', `${form}&wctx=1&wctx=2`, {}, 'FormMalformed'],
    ['with a long context', `${form}&wctx=${'x'.repeat(8193)}`, {}, 'FormMalformed'],
    ['with another wa', 'wa=wsignout1.0&wresult=x', {}, 'FormMalformed'],
    ['without wa', 'wresult=x', {}, 'FormMalformed'],
    ['whose SAMLResponse is not base64', 'SAMLResponse=%3Cx%3E', {}, 'FormMalformed'],
    ['whose SAMLResponse is not UTF-8', 'SAMLResponse=%2F%2F79', {}, 'FormMalformed'],
    ['with what is no XML', form, {}, 'NotXml'],
    ['with what is no token', 'wa=wsignin1.0&wresult=%3Cx%2F%3E', {}, 'NotAToken'],
    ['with a document type', 'wa=wsignin1.0&wresult=%3C!DOCTYPE%20x%3E%3Cx%2F%3E', {}, 'DoctypePresent'],
    ['that is too large', `${form}${'x'.repeat(800 * 1024)}`, {}, 'TokenTooLarge'],
  ])('%s', async (_, body, headers, code) => {
    const reply = await postForm(lab, body, headers as Record<string, string>)
    expect(reply).toMatchObject(refused(20012, code))
    expect((await signIns())[0]).toMatchObject({
      errorCode: 20012,
      tenantId: null,
      correlationId: reply.json['correlationId'],
    })
  })

  test('a token of one protocol in the field of the other', async () => {
    expect(await postToken(lab, await newToken(lab, sts, {immutableId: ada}), 'Samlp')).toMatchObject(
      refused(20012, 'WrongProtocol'),
    )
  })

  test('by another method', async () => {
    const {status} = await lab.directory.fetch({method: 'GET', url: 'https://graph.embedded/login.srf', headers: {}})
    expect(status).toBe(405)
  })
})

describe('federatedTokenValidationPolicy', () => {
  const path = '/policies/federatedTokenValidationPolicy'
  const all = (rootDomains: string) => ({'@odata.type': '#microsoft.graph.allDomains', rootDomains})
  const listed = (rootDomains: string, ...domainNames: string[]) => ({
    '@odata.type': '#microsoft.graph.enumeratedDomains',
    rootDomains,
    domainNames,
  })
  const set = (validatingDomains: object, method: 'PUT' | 'PATCH' = 'PUT') =>
    contoso.send(method, path, {validatingDomains})

  test('is all until it is set, and each tenant has its own', async () => {
    const {status, json} = await contoso.send('GET', path)
    expect(status).toBe(200)
    expect(json).toMatchObject({id: contoso.id, deletedDateTime: null, validatingDomains: all('all')})
    const second = await lab.newTenant('second.onmicrosoft.com')
    expect((await set(all('none'))).json).toMatchObject({validatingDomains: all('none')})
    expect((await second.send('GET', path)).json).toMatchObject({validatingDomains: all('all')})
  })

  // bob is of another federated domain, grace of a managed one.
  test.each([
    [all('all'), false, false],
    [all('none'), true, true],
    [all('allFederated'), false, true],
    [all('allManaged'), true, false],
    [listed('enumerated', 'Fabrikam.test'), false, true],
    [listed('enumerated', 'managed.test', 'contoso.test'), true, false],
    [listed('allManagedAndEnumeratedFederated', 'contoso.test'), true, false],
    [listed('allManagedAndEnumeratedFederated', 'fabrikam.test'), false, false],
  ])('%j decides', async (validatingDomains, takesBob, takesGrace) => {
    expect((await set(validatingDomains, takesBob ? 'PUT' : 'PATCH')).status).toBe(200)
    const takes = async (immutableId: string): Promise<number> =>
      (await postToken(lab, await newToken(lab, sts, {immutableId}))).status
    expect([await takes(bob), await takes(grace), await takes(ada), await takes(kim)]).toEqual([
      takesBob ? 200 : 401,
      takesGrace ? 200 : 401,
      200,
      200,
    ])
  })

  test.each([
    ['no kind', {rootDomains: 'all'}, 'odata.type'],
    ['another kind', {'@odata.type': '#microsoft.graph.validatingDomains', rootDomains: 'all'}, 'odata.type'],
    ['a set of the other kind', all('enumerated'), 'rootDomains'],
    ['no set', {'@odata.type': '#microsoft.graph.allDomains'}, 'rootDomains'],
    ['no names', listed('enumerated'), 'domainNames'],
    ['a name that is not the tenant’s', listed('enumerated', 'contosso.test'), 'contosso.test'],
    ['a subdomain', listed('enumerated', 'eu.contoso.test'), 'eu.contoso.test'],
  ])('refuses %s and stays as it is', async (_, wrong, named) => {
    await set(all('allManaged'))
    const {status, text} = await set(wrong)
    expect(status).toBe(400)
    expect(text).toContain(named)
    expect((await contoso.send('GET', path)).json).toMatchObject({validatingDomains: all('allManaged')})
  })

  test('needs a policy', async () => {
    expect((await contoso.send('PUT', path, {})).text).toContain('validatingDomains')
  })
})
