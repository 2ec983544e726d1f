import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {networkTransport} from '../../src/lib/http/network.ts'
import {probeRelyingParty} from '../../src/lib/relying-party/probe-relying-party.ts'
import {type Outcome, openWorld} from '../fedctl.ts'
import {type LiveTrust, openLiveTrust} from '../parts/live-trust.ts'

const peer = join(process.cwd(), '..', 'shared', 'peers', 'simplesamlphp')

/** PHP looks after two full seconds whether a file that it has compiled has changed. */
const untilPhpLooks = 3_500

/** Where Debian's package has the schemas of SAML. */
const schemas = '/usr/share/simplesamlphp/schemas'

interface Endpoints {
  readonly wsfed: {readonly metadata: string; readonly passive: string; readonly reply: string}
  readonly saml2: {readonly metadata: string; readonly sso: string}
  readonly signingCert: string
  readonly nextSigningCert: string
  readonly rpsFile: string
  readonly spsFile: string
  readonly usersFile: string
}

describe('SimpleSAMLphp, live', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
  const world = openWorld({now: () => new Date()})
  const transport = networkTransport()
  let endpoints: Endpoints
  beforeAll(() => {
    endpoints = JSON.parse(
      `${execFileSync('bash', [join(peer, 'start.sh'), folder], {stdio: ['ignore', 'pipe', 'ignore']})}`,
    )
  }, 300_000)
  afterAll(() => {
    execFileSync('bash', [join(peer, 'stop.sh'), folder, '--purge'], {stdio: 'ignore'})
    world.remove()
  })

  const certificate = (file: string): string => readFileSync(file, 'utf8').replaceAll(/-----[^-]+-----|\s/g, '')

  test.each(['wsfed', 'saml2'] as const)('its current and its next certificate are told apart: %s', async (kind) => {
    const {metadata} = endpoints[kind]
    const {stdout, exitCode} = await world.run('get-identity-provider', metadata, '--allow-http', '--output', 'json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      {
        signingCertificate: certificate(endpoints.signingCert),
        nextSigningCertificate: certificate(endpoints.nextSigningCert),
        toldApartBy: expect.stringMatching(/^(validity|encryption key)$/),
      },
    ])
  })

  test.each(['WsFed', 'Samlp'] as const)(
    'a domain is federated with it once it knows the directory: %s',
    async (by) => {
      const domain = `${by.toLowerCase()}.test`
      const [{metadata}, known] =
        by === 'WsFed' ? [endpoints.wsfed, endpoints.rpsFile] : [endpoints.saml2, endpoints.spsFile]
      const convert = (...more: readonly string[]): Promise<Outcome> =>
        world.run(
          ...[
            'convert-domain-to-federated',
            domain,
            '--metadata',
            metadata,
            '--allow-http',
            '--accept',
            'AddressNotHttps',
          ],
          ...[
            '--preferred-authentication-protocol',
            by,
            '--federated-idp-mfa-behavior',
            'rejectMfaByFederatedIdp',
            '--force',
          ],
          ...more,
        )
      for (const line of [
        'new-tenant contoso --domain-verification none',
        `new-domain ${domain}`,
        `confirm-domain ${domain}`,
      ])
        await world.run(...line.split(' '))
      const parties = readFileSync(known, 'utf8')
      writeFileSync(known, '{}')
      expect(await convert()).toMatchObject({exitCode: 6, stderr: expect.stringContaining('PlanWaiting')})
      writeFileSync(known, parties)
      expect(await convert('--unfinished', 'finish')).toMatchObject({exitCode: 0})
      const {stdout} = await world.run('get-domain-federation-settings', domain, '--output', 'json')
      expect(JSON.parse(stdout)).toMatchObject([
        {
          preferredAuthenticationProtocol: by,
          signingCertificate: certificate(endpoints.signingCert),
          nextSigningCertificate: certificate(endpoints.nextSigningCert),
        },
      ])
    },
  )

  test('it is ready while it knows the relying party, and not before, though it answers with 200', async () => {
    const byWsFederation = () => probeRelyingParty({passiveLogOnUri: endpoints.wsfed.passive, transport})
    const saml = {requestId: '_1', now: new Date()}
    const bySaml = () => probeRelyingParty({passiveLogOnUri: endpoints.saml2.sso, transport, saml})
    expect([await byWsFederation(), await bySaml()]).toEqual([undefined, undefined])
    writeFileSync(endpoints.rpsFile, '{}')
    writeFileSync(endpoints.spsFile, '{}')
    expect(await byWsFederation()).toContain('"Error processing request from Service Provider"')
    expect(await bySaml()).toContain('"Metadata not found"')
  })

  test.each([
    ['WsFed', 'assertion-1.1', /<saml:Assertion .*<\/saml:Assertion>/s],
    ['Samlp', 'protocol-2.0', /.*/s],
  ] as const)('tokens of new-token are valid by the schema that it brings: %s', async (by, schema, part) => {
    const signing = join(world.home, by)
    await world.run('new-signing-certificate', '--subject', 'CN=Ours', '--unprotected-key', '--path', signing)
    const flags = [
      '--issuer',
      'urn:x',
      '--immutable-id',
      'y',
      '--claim',
      'urn:x/y=v',
      '--signing-key',
      `${signing}.pfx`,
    ]
    const {stdout} = await world.run('new-token', '--protocol', by, ...flags, '--query', '[0].token')
    writeFileSync(join(folder, 'ours.xml'), part.exec(stdout)?.[0].trim() ?? '')
    const [file] = readdirSync(schemas).filter((name) => name.endsWith(`schema-${schema}.xsd`))
    const check = '$d = new DOMDocument; $d->load($argv[1]); exit($d->schemaValidate($argv[2]) ? 0 : 1);'
    execFileSync('php', ['-r', check, join(folder, 'ours.xml'), join(schemas, file ?? '')])
  })

  // Last, because these files take the place of those that the other tests write to.
  describe.each([
    ['wsfed', 'adfs-idp-hosted.php', 'http://schemas.xmlsoap.org/claims'],
    ['saml2', 'saml20-idp-hosted.php', 'IDPEmail'],
  ] as const)('with the files that are made for it: %s', (kind, hosted, claim) => {
    const token = join(folder, 'token.xml')
    /** What a browser would post: the fields of the form, by name. */
    const formOf = (user: string, password: string): Record<string, string> =>
      JSON.parse(
        `${execFileSync('bash', [join(peer, 'signin.sh'), folder, kind, user, password, token], {stdio: 'pipe'})}`,
      ).fields
    const signIn = (user: string, password: string): string => {
      formOf(user, password)
      execFileSync('bash', [join(peer, 'verify.sh'), endpoints.signingCert, token], {stdio: 'ignore'})
      return readFileSync(token, 'utf8')
    }
    beforeAll(async () => {
      for (const line of ['new-tenant contoso --domain-verification none', 'new-domain contoso.test'])
        await world.run(...line.split(' '))
      const files = ['--identity-provider', 'simplesamlphp', '--path', join(folder, 'metadata'), '--overwrite']
      const made = await world.run(
        'new-relying-party',
        'contoso.test',
        ...files,
        '--reply-address',
        endpoints.wsfed.reply,
      )
      expect(made).toMatchObject({exitCode: 0})
      await sleep(untilPhpLooks)
    })

    test('a user whose claims the provider makes gets a token', () => {
      const token = signIn('bob', 'bobpass')
      expect(token).toContain('>AAECAwQFBgcICQoLDA0ODw==<')
      expect(token).toContain('>bob@syfuhs.net<')
      expect(token).toContain(`"${claim}"`)
      expect(token).not.toContain('Builder')
    })

    describe('the directory takes its tokens at /login.srf', () => {
      let trust: LiveTrust
      beforeAll(async () => {
        trust = await openLiveTrust(world, {
          metadata: endpoints[kind].metadata,
          immutableId: 'AAECAwQFBgcICQoLDA0ODw==',
        })
      })
      afterAll(() => trust.lab.close())

      test('bob is signed in, by his immutable id, once for a token', async () => {
        const fields = formOf('bob', 'bobpass')
        expect(await trust.post(fields)).toMatchObject({
          status: 200,
          headers: {'set-cookie': expect.stringContaining('__Host-fedctl-session=')},
          json: {userPrincipalName: 'renamed@syfuhs.net', context: fields['wctx'] ?? fields['RelayState']},
        })
        expect(await trust.post(fields)).toMatchObject({status: 401, json: {code: 'TokenUsed'}})
      })

      test('mallory, whom it signs in, is nobody here', async () => {
        expect(await trust.post(formOf('mallory', 'mallorypass'))).toMatchObject({
          status: 401,
          json: {errorCode: 51004},
        })
      })

      test('a token that was changed on its way is refused by its signature', async () => {
        const fields = formOf('mallory', 'mallorypass')
        const change = (text: string): string => text.replaceAll('not-in-the-directory==', 'AAECAwQFBgcICQoLDA0ODw==')
        const {wresult, SAMLResponse = ''} = fields
        const changed =
          wresult === undefined
            ? {SAMLResponse: Buffer.from(change(`${Buffer.from(SAMLResponse, 'base64')}`)).toString('base64')}
            : {wresult: change(wresult)}
        expect(await trust.post({...fields, ...changed})).toMatchObject({
          status: 401,
          json: {errorCode: 50006, code: 'ContentChanged'},
        })
      })

      test('of a realm that nobody federated nobody is let in', async () => {
        const file = join(folder, 'metadata', hosted)
        const before = readFileSync(file, 'utf8')
        writeFileSync(file, before.replace(/\$metadata\['[^']*'\]/, "$metadata['urn:foreign']"))
        await sleep(untilPhpLooks)
        const fields = formOf('bob', 'bobpass')
        writeFileSync(file, before)
        await sleep(untilPhpLooks)
        expect(readFileSync(token, 'utf8')).toContain('urn:foreign')
        expect(await trust.post(fields)).toMatchObject({status: 401, json: {errorCode: 50107}})
      })
    })

    test('a user as Active Directory has one gets a token, one without an immutable id gets none', async () => {
      const file = join(folder, 'metadata', hosted)
      writeFileSync(file, readFileSync(file, 'utf8').replace(/,\s*'authproc' => .*/s, '];\n'))
      const attributes = {uid: ['x'], userPrincipalName: ['ad@syfuhs.net'], sn: ['Builder']}
      const users = {'ad:adpass': {...attributes, objectGUID: ['EBESExQVFhcYGRobHB0eHw==']}, 'new:newpass': attributes}
      writeFileSync(
        endpoints.usersFile,
        JSON.stringify({...JSON.parse(readFileSync(endpoints.usersFile, 'utf8')), ...users}),
      )
      await sleep(untilPhpLooks)
      const token = signIn('ad', 'adpass')
      expect(token).toContain('>EBESExQVFhcYGRobHB0eHw==<')
      expect(token).toContain('>ad@syfuhs.net<')
      expect(token).not.toContain('Builder')
      expect(() => signIn('new', 'newpass')).toThrow('none of the attributes')
    })
  })
})
