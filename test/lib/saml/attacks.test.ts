import {execFileSync} from 'node:child_process'
import {X509Certificate} from 'node:crypto'
import {mkdtempSync, readFileSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import {TokenRefusal} from '../../../src/lib/saml/token-refusal.ts'
import {verifyToken} from '../../../src/lib/saml/verify-token.ts'
import {hasCorpus, sharedFolder} from '../../parts/token-corpus.ts'

interface Attack {
  readonly file: string
  readonly id: string
  readonly protocol: 'saml20' | 'wsfed'
  readonly expected: 'accept' | 'reject' | 'either'
  readonly identity?: string
  /** To be refused the second time, which whoever keeps the used ones does. */
  readonly presentTwice?: boolean
}

const now = 1_795_000_000_000
const folder = mkdtempSync(join(tmpdir(), 'fedctl-attacks-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

/** Heap and buffers, garbage included: mostly more than a verdict holds at once. */
function memoryInUse(): number {
  const {heapUsed, external} = process.memoryUsage()
  return heapUsed + external
}

/** The hostile and the benign documents, made with keys of this run. */
function makeAttacks(): {attacks: readonly Attack[]; certificate: X509Certificate} {
  const of = (name: string): string => join(folder, name)
  execFileSync('bash', [join(sharedFolder, 'security', 'make-keys.sh'), folder])
  const keys = ['--key', of('idp.key'), '--cert', of('idp.pem'), '--attacker-key', of('attacker.key')]
  const rest = ['--attacker-cert', of('attacker.pem'), '--out', folder, '--now', String(now)]
  execFileSync(process.execPath, [realpathSync(join(sharedFolder, 'security', 'attacks.mjs')), ...keys, ...rest])
  const attacks: readonly Attack[] = JSON.parse(readFileSync(of('manifest.json'), 'utf8'))
  return {attacks, certificate: new X509Certificate(readFileSync(of('idp.pem')))}
}

;(hasCorpus ? describe : describe.skip)('the attacks', () => {
  test('every one ends as it must, and an accepted token is that of who signed it', async () => {
    const {attacks, certificate} = makeAttacks()
    const wrong: string[] = []
    let slowest = {id: '', milliseconds: 0}
    let largest = {id: '', mebibytes: 0}
    for (const {file, id, protocol, expected, identity, presentTwice} of attacks) {
      const text = readFileSync(join(folder, file), 'utf8')
      const before = memoryInUse()
      const start = process.cpuUsage()
      const name = await verifyToken(text, {
        certificates: [certificate],
        issuer: 'https://idp.example/adfs/services/trust',
        audience: 'urn:fedctl:sp',
        recipients: ['https://sp.example/acs'],
        requestId: '_req1',
        protocol: protocol === 'wsfed' ? 'WsFed' : 'Samlp',
        at: new Date(now),
      }).then(
        ({nameId}) => nameId,
        (error: unknown) => {
          if (error instanceof TokenRefusal) return undefined
          throw error
        },
      )
      const {user, system} = process.cpuUsage(start)
      const milliseconds = (user + system) / 1000
      const mebibytes = (memoryInUse() - before) / 2 ** 20
      if (milliseconds > slowest.milliseconds) slowest = {id, milliseconds}
      if (mebibytes > largest.mebibytes) largest = {id, mebibytes}
      const mayPass = expected !== 'reject' || presentTwice === true
      if (name === undefined ? expected === 'accept' : !mayPass || name !== identity) wrong.push(`${id}: ${name}`)
    }
    process.stdout.write(
      `${attacks.length} documents; slowest ${slowest.milliseconds.toFixed(0)} ms of processor time (${slowest.id}; wanted: under 250), ` +
        `most memory ${largest.mebibytes.toFixed(0)} MiB (${largest.id}; limit 64)\n`,
    )
    expect(attacks.length).toBeGreaterThan(500)
    expect(wrong).toEqual([])
    expect(largest.mebibytes).toBeLessThan(64)
  }, 120_000)
})
