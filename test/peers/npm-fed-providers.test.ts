import {execFileSync} from 'node:child_process'
import {cpSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {deflateRawSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {readPostedToken} from '../../src/lib/saml/read-posted-token.ts'
import {toFormFields} from '../../src/lib/saml/to-form-fields.ts'
import {openWorld} from '../fedctl.ts'
import {type LiveTrust, openLiveTrust} from '../parts/live-trust.ts'

const peer = join(process.cwd(), '..', 'shared', 'peers', 'npm-fed')
const realm = 'urn:federation:MicrosoftOnline'

interface Endpoints {
  readonly wsfedIdp: {readonly metadata: string; readonly passive: string}
  readonly saml2Idp: {readonly metadata: string; readonly sso: string}
  readonly config: string
}

/**
 * The directory judges what identity providers of others make: Auth0's wsfed and samlp. The peer shortens their tokens to ten minutes;
 * here they live as long as they do when nobody says anything: eight hours those of wsfed, one hour those of samlp.
 */
describe('identity providers of npm, live', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
  const copy = join(folder, 'peer')
  const world = openWorld({now: () => new Date()})
  let endpoints: Endpoints
  let trust: LiveTrust
  beforeAll(() => {
    cpSync(peer, copy, {recursive: true})
    const server = readFileSync(join(copy, 'server.cjs'), 'utf8')
    const usual = server.replace(' lifetime: 600,', '').replace(' lifetimeInSeconds: 600,', '')
    expect(usual).toHaveLength(server.length - ' lifetime: 600, lifetimeInSeconds: 600,'.length)
    writeFileSync(join(copy, 'server.cjs'), usual)
    endpoints = JSON.parse(
      `${execFileSync('bash', [join(copy, 'start.sh'), folder], {stdio: ['ignore', 'pipe', 'ignore']})}`,
    )
  }, 300_000)
  afterAll(() => {
    execFileSync('bash', [join(copy, 'stop.sh'), folder, '--purge'], {stdio: 'ignore'})
    world.remove()
  })

  const question = {
    WsFed: () => `${endpoints.wsfedIdp.passive}?wa=wsignin1.0&wtrealm=${realm}&wctx=ctx-1`,
    Samlp() {
      const request = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" IssueInstant="${new Date().toISOString()}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${realm}</Issuer></p:AuthnRequest>`
      return `${endpoints.saml2Idp.sso}?SAMLRequest=${encodeURIComponent(deflateRawSync(request).toString('base64'))}`
    },
  }
  const metadata = {WsFed: () => endpoints.wsfedIdp.metadata, Samlp: () => endpoints.saml2Idp.metadata}

  /** Signs a user in at the provider as a browser does, and brings the token to the directory. */
  const signIn = async (protocol: 'WsFed' | 'Samlp', user: string) => {
    const form = new URLSearchParams({user, password: `${user}pass`})
    const page = await fetch(question[protocol](), {method: 'POST', body: form})
    const posted = readPostedToken(await page.text())
    expect(posted.protocol).toBe(protocol)
    return trust.post(toFormFields(posted.text, {protocol, context: 'ctx-1'}))
  }
  const allow = (rules: object) => trust.contoso.send('PATCH', '/fedctl/v1/domains/syfuhs.net/tokenRules', rules)
  const accepted = {status: 200, json: {userPrincipalName: 'renamed@syfuhs.net', context: 'ctx-1'}}
  const refused = (code: string, errorCode: number) => ({status: 401, json: {code, errorCode}})

  describe.each([
    ['wsfed', 'WsFed', 480],
    ['samlp', 'Samlp', 60],
  ] as const)('%s', (_, protocol, minutes) => {
    beforeAll(async () => {
      trust = await openLiveTrust(world, {metadata: metadata[protocol](), immutableId: 'BNpx6fynm0y6WUV66T8Kwg=='})
    })
    afterAll(() => trust.lab.close())

    test(`its tokens are valid for ${minutes} minutes: the trust must allow that, or they are refused`, async () => {
      expect(await signIn(protocol, 'carol')).toMatchObject(
        minutes > 60 ? refused('LifetimeTooLong', 500133) : accepted,
      )
      await allow({lifetimeMinutes: minutes - 1})
      expect(await signIn(protocol, 'carol')).toMatchObject(refused('LifetimeTooLong', 500133))
      await allow({lifetimeMinutes: minutes})
      expect(await signIn(protocol, 'carol')).toMatchObject(accepted)
    })

    test('whom it signs in and the directory does not know is refused', async () => {
      expect(await signIn(protocol, 'dave')).toMatchObject(refused('UserUnknown', 51004))
    })
  })

  test('wsfed with its old algorithms is refused for SHA-1 unless the trust allows it, and then warned of', async () => {
    const config = JSON.parse(readFileSync(endpoints.config, 'utf8'))
    writeFileSync(
      endpoints.config,
      JSON.stringify({...config, signatureAlgorithm: 'rsa-sha1', digestAlgorithm: 'sha1'}),
    )
    trust = await openLiveTrust(world, {metadata: metadata.WsFed(), immutableId: 'BNpx6fynm0y6WUV66T8Kwg=='})
    await allow({lifetimeMinutes: 480})
    expect(await signIn('WsFed', 'carol')).toMatchObject(refused('Sha1', 50006))
    await allow({allowSha1: true})
    expect(await signIn('WsFed', 'carol')).toMatchObject({
      ...accepted,
      json: {warning: expect.stringContaining('SHA-1')},
    })
    await trust.lab.close()
  })
})
