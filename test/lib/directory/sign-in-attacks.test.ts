import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import {openStore} from '../../../src/lib/directory/store/open-store.ts'
import {openTestDirectory} from '../../parts/open-test-directory.ts'
import {federate, newDomain, newUser, postToken} from '../../parts/sign-in-lab.ts'
import {testStore} from '../../parts/test-store.ts'
import {hasCorpus, sharedFolder} from '../../parts/token-corpus.ts'

interface Attack {
  readonly file: string
  readonly id: string
  readonly protocol: 'saml20' | 'wsfed'
  readonly expected: 'accept' | 'reject' | 'either'
  readonly identity?: string
  readonly presentTwice?: boolean
}

const folder = mkdtempSync(join(tmpdir(), 'fedctl-attacks-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))
// The certificates are made after this line, and valid from then on.
const now = Date.now() + 60_000
/** The directory begins no sign-in, so there is no request that a response could answer wrongly. */
const notAskedFor = 'S2:pol-wrong-irt'

/** The documents of the generator, written for this directory: its audience, its address, an immutable id in each. */
function makeAttacks(): readonly Attack[] {
  const [program, of] = [join(folder, 'attacks.mjs'), (name: string) => join(folder, name)]
  const adapted = readFileSync(join(sharedFolder, 'security', 'attacks.mjs'), 'utf8')
    .replace('urn:fedctl:sp', 'urn:federation:MicrosoftOnline')
    .replace('https://sp.example/acs', 'https://login.microsoftonline.com/login.srf')
    .replace(
      '<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">',
      '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">',
    )
    .replace(
      `AttributeName="role" AttributeNamespace="http://schemas.microsoft.com/ws/2008/06/identity/claims"><saml:AttributeValue>\${o.role ?? 'user'}`,
      `AttributeName="ImmutableID" AttributeNamespace="http://schemas.microsoft.com/LiveID/Federation/2008/05"><saml:AttributeValue>\${n}`,
    )
  writeFileSync(program, adapted)
  execFileSync('bash', [join(sharedFolder, 'security', 'make-keys.sh'), folder])
  const keys = ['--key', of('idp.key'), '--cert', of('idp.pem'), '--attacker-key', of('attacker.key')]
  execFileSync(process.execPath, [
    program,
    ...keys,
    '--attacker-cert',
    of('attacker.pem'),
    '--out',
    folder,
    '--now',
    `${now}`,
  ])
  return JSON.parse(readFileSync(of('manifest.json'), 'utf8')) as Attack[]
}

;(hasCorpus ? describe : describe.skip)('the attacks at /login.srf', () => {
  test('nobody gets in but whom the provider signed for, and nobody twice by one token', async () => {
    const attacks = makeAttacks()
    const lab = await openTestDirectory()
    lab.clock.now = new Date(now)
    const tenant = await lab.newTenant()
    await newDomain(tenant, 'contoso.test')
    const certificate = readFileSync(join(folder, 'idp.pem'), 'utf8').replaceAll(/-----.*-----|\s/g, '')
    const issuer = 'https://idp.example/adfs/services/trust'
    await federate(tenant, 'contoso.test', {issuer, certificate})
    const others = ['admin@contoso.example', 'bob@contoso.example']
    const identities = [...new Set([...attacks.map(({identity}) => identity ?? ''), ...others])].filter(
      (one) => one !== '',
    )
    for (const [index, identity] of identities.entries()) await newUser(tenant, `user${index}@contoso.test`, identity)
    const store = await openStore(testStore(lab.file), process.geteuid?.())

    const wrong: string[] = []
    let accepted = 0
    for (const {file, id, protocol, expected, identity, presentTwice} of attacks.filter(
      (one) => one.id !== notAskedFor,
    )) {
      const present = () =>
        postToken(lab, readFileSync(join(folder, file), 'utf8'), protocol === 'wsfed' ? 'WsFed' : 'Samlp')
      const {status, json} = await present()
      const name = status === 200 ? identities[Number(/\d+/.exec(String(json['userPrincipalName']))?.[0])] : undefined
      const mayPass = expected !== 'reject' || presentTwice === true
      if (status === 200 ? !mayPass || name !== identity : expected === 'accept')
        wrong.push(`${id}: ${name ?? json['message']}`)
      if (status !== 200) continue
      accepted++
      if ((await present()).json['code'] !== 'TokenUsed') wrong.push(`${id}: twice`)
      // The documents are variants of few tokens.
      await store.change((db) => db.deleteFrom('usedTokens').execute())
    }
    await store.close()
    await lab.close()
    expect(wrong).toEqual([])
    expect(accepted).toBeGreaterThan(30)
  }, 120_000)
})
