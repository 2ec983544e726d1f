import {X509Certificate} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {readPostedToken} from '../../../src/lib/saml/read-posted-token.ts'
import {verifyToken} from '../../../src/lib/saml/verify-token.ts'
import {hasCorpus, sharedFolder} from '../../parts/token-corpus.ts'

const folder = join(sharedFolder, 'samples')
const cloud = 'urn:federation:MicrosoftOnline'
const [ssp, npm] = ['ssp-signing.crt', 'npm-fed-signing.crt']
const [sspWs, npmWs] = ['http://sts.contoso.test/adfs/services/trust', 'http://npm-fed.test/adfs/services/trust']
const [sspSaml, npmSaml] = ['http://sts.contoso.test/saml2/idp', 'http://npm-fed.test/saml2/idp']
const [alice, bob, carol, dave] = ['alice', 'bob', 'carol', 'dave'].map((name) => `${name}@syfuhs.net`)
const mellon = 'http://127.0.0.1:8380/mellon/'
const shibboleth = 'http://127.0.0.1:8380/'

const tokens = [
  ['wsfed/ssp-wresult.xml', ssp, sspWs, cloud, alice, {}],
  ['wsfed/ssp-post.json', ssp, sspWs, cloud, alice, {}],
  ['wsfed/ssp-wresult-https-bob.xml', ssp, sspWs, cloud, bob, {}],
  ['wsfed/ssp-post-https-bob.json', ssp, sspWs, cloud, bob, {}],
  ['wsfed/npm-wsfed-wresult.xml', npm, npmWs, cloud, carol, {}],
  ['wsfed/npm-wsfed-form.html', npm, npmWs, cloud, carol, {}],
  ['wsfed/npm-wsfed-wresult-sha1.xml', 'npm-fed-sha1-signing.crt', npmWs, 'urn:rp:self', carol, {allowSha1: true}],
  ['saml2/ssp-response-idpinitiated.xml', ssp, sspSaml, cloud, alice, {}],
  ['saml2/ssp-post-idpinitiated.json', ssp, sspSaml, cloud, alice, {}],
  [
    'saml2/ssp-response-for-mellon.xml',
    ssp,
    sspSaml,
    `${mellon}metadata`,
    alice,
    {recipients: [`${mellon}postResponse`]},
  ],
  ['saml2/ssp-response-for-shib.xml', ssp, sspSaml, `${shibboleth}shibboleth`, alice, {}],
  ['saml2/npm-samlp-response.xml', npm, npmSaml, 'urn:rp:self', dave, {recipients: ['http://127.0.0.1:8280/rp/saml']}],
] as const

;(hasCorpus ? describe : describe.skip)('tokens that others issued are accepted at their time', () => {
  test('all of them', () => {
    const all = ['wsfed', 'saml2'].flatMap((kind) => readdirSync(join(folder, kind)).map((name) => `${kind}/${name}`))
    const isOther = (file: string): boolean => /metadata|authnrequest|sp-redirects/i.test(file)
    expect(tokens.map(([file]) => String(file)).sort()).toEqual(all.filter((file) => !isOther(file)).sort())
  })

  test.each(tokens)('%s', async (file, certificate, issuer, audience, userPrincipalName, more) => {
    const {text, protocol} = readPostedToken(readFileSync(join(folder, file), 'utf8'))
    const token = await verifyToken(text, {
      certificates: [new X509Certificate(readFileSync(join(folder, certificate)))],
      issuer,
      audience,
      at: new Date(/IssueInstant="([^"]*)"/.exec(text)?.[1] ?? ''),
      ...(protocol === undefined ? {} : {protocol}),
      ...more,
    })
    expect(token).toMatchObject({issuer, audience, userPrincipalName})
    expect(token.immutableId).toBe(token.nameId)
  })
})
