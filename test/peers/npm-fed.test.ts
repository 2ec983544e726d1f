import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {toFormFields} from '../../src/lib/saml/to-form-fields.ts'
import {openWorld} from '../fedctl.ts'
import {rsaKey} from '../parts/signing-identity.ts'

const peer = join(process.cwd(), '..', 'shared', 'peers', 'npm-fed')

interface Endpoints {
  readonly wsfedRp: string
  readonly saml2Rp: string
  readonly saml2RpNodeSaml: string
  readonly config: string
}

interface Verdict {
  readonly ok: boolean
  readonly by: string
  readonly error?: string
  readonly profile?: Readonly<Record<string, unknown>>
}

const immutableId = 'CQ3ihD+y7UaUoIk1Jd9nXQ=='
const hostile = 'Ada ]]><x a="\'"/>&amp; Ångström'

/** Relying parties of others (passport-wsfed-saml2 and node-saml) judge the tokens that new-token makes. */
describe('relying parties of npm, live', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
  const world = openWorld({now: () => new Date()})
  let endpoints: Endpoints
  beforeAll(async () => {
    endpoints = JSON.parse(
      `${execFileSync('bash', [join(peer, 'start.sh'), folder], {stdio: ['ignore', 'pipe', 'ignore']})}`,
    )
    const signing = join(world.home, 'signing')
    await world.run('new-signing-certificate', '--subject', 'CN=Ours', '--unprotected-key', '--path', signing)
    writeFileSync(join(world.home, 'other.key'), rsaKey())
    const config = JSON.parse(readFileSync(endpoints.config, 'utf8'))
    for (const trust of Object.values<{cert: string}>(config.trust)) trust.cert = `${signing}.pem`
    writeFileSync(endpoints.config, JSON.stringify(config))
  }, 300_000)
  afterAll(() => {
    execFileSync('bash', [join(peer, 'stop.sh'), folder, '--purge'], {stdio: 'ignore'})
    world.remove()
  })

  const parties = [
    ['passport-wsfed-saml2 by WS-Federation', 'WsFed', (): string => `${endpoints.wsfedRp}?strict`, 'urn:rp:self', []],
    [
      'passport-wsfed-saml2 by WS-Trust 1.3',
      'WsFed',
      () => endpoints.wsfedRp,
      'urn:rp:self',
      ['--trust-version', '1.3'],
    ],
    [
      'passport-wsfed-saml2, SAML 2.0 by WS-Federation',
      'WsFed',
      () => endpoints.wsfedRp,
      'urn:rp:self',
      ['--saml-version', '2.0'],
    ],
    ['passport-wsfed-saml2 by SAML 2.0', 'Samlp', () => endpoints.saml2Rp, 'urn:rp:self', []],
    ['node-saml', 'Samlp', () => endpoints.saml2RpNodeSaml, 'urn:rp:node-saml', ['--sign-response']],
  ] as const

  describe.each(parties)('%s', (_what, protocol, addressOf, audience, more) => {
    const judged = async (wanted: Readonly<Record<string, string>> = {}): Promise<Verdict> => {
      const flags = {
        protocol,
        issuer: 'urn:ours',
        'immutable-id': immutableId,
        audience,
        claim: `urn:x/name=${hostile}`,
        'signing-key': join(world.home, 'signing.key'),
        'signing-certificate': join(world.home, 'signing.pem'),
        query: '[0].token',
        ...((protocol === 'Samlp' || String(more).includes('2.0')) && {recipient: addressOf()}),
        ...wanted,
      }
      const argv = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])
      const made = await world.run('new-token', ...argv, ...more)
      expect(made).toMatchObject({exitCode: 0})
      const fields = toFormFields(made.stdout.replace(/\n$/, ''), {protocol, context: 'ctx-1'})
      const answer = await fetch(addressOf(), {method: 'POST', body: new URLSearchParams(fields)})
      return (await answer.json()) as Verdict
    }

    test('accepts a token, and reads every value as it was meant', async () => {
      const verdict = await judged()
      expect(verdict).toMatchObject({ok: true})
      expect(Object.values(verdict.profile ?? {})).toEqual(expect.arrayContaining([immutableId, hostile]))
    })

    test.each([
      ['of another audience', 'audience', 'urn:rp:other', /audience/i],
      ['that ended', 'not-before', '2026-01-01T00:00:00Z', /expired/i],
      ['of another key', 'signing-key', 'other.key', /signature/i],
    ] as const)('refuses one %s', async (_which, flag, value, error) => {
      const given = flag === 'signing-key' ? join(world.home, value) : value
      expect(await judged({[flag]: given})).toMatchObject({ok: false, error: expect.stringMatching(error)})
    })
  })
})
