import {readdirSync} from 'node:fs'
import {afterEach, expect, test} from '@jest/globals'
import type {DirectoryDoor} from '../src/cli/context.ts'
import {writeBase64} from '../src/lib/certificates/write-pem.ts'
import {openGraph} from '../src/lib/graph/graph-client.ts'
import {authorized} from '../src/lib/http/authorized.ts'
import {type Outcome, openWorld, type World, type WorldOptions} from './fedctl.ts'
import {rsaKey, signingIdentity} from './parts/signing-identity.ts'

const worlds: World[] = []
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove()
})

/** Runs command lines one after another in a fresh world; {home} is its folder. */
async function run(options: WorldOptions, ...lines: string[]): Promise<[Outcome, string[]]> {
  const world = openWorld(options)
  worlds.push(world)
  let outcome: Outcome = {stdout: '', stderr: '', exitCode: 0}
  for (const line of lines)
    outcome = await world.run(...line.split(' ').map((word) => word.replace('{home}', world.home)))
  return [outcome, readdirSync(world.home).filter((name) => name.startsWith('signing'))]
}

const make = 'new-signing-certificate --subject Test --format pfx --path {home}/signing'
const read = 'get-signing-certificate --file {home}/signing.pfx'

test('a passphrase that is typed twice protects the key, and is asked for to open it', async () => {
  const [outcome] = await run({answers: ['secret', 'secret', 'secret']}, make, read)
  expect(outcome).toMatchObject({exitCode: 0, stdout: expect.stringContaining('Thumbprint')})
  const [refused] = await run({answers: ['secret', 'secret', 'other']}, make, read)
  expect(refused).toMatchObject({exitCode: 2, stderr: expect.stringContaining('cannot be opened: wrong passphrase.')})
})

test('a passphrase in the environment is neither asked for nor shown', async () => {
  const [outcome] = await run({environment: {FEDCTL_PASSPHRASE: 'secret'}}, make, read)
  expect(outcome.exitCode).toBe(0)
  expect(outcome.stdout + outcome.stderr).not.toContain('secret')
})

test.each([
  [['one', 'other'], 'The two passphrases are not the same.'],
  [[''], 'The passphrase is empty.'],
])('%j writes nothing', async (answers, message) => {
  const [{exitCode, stderr}, files] = await run({answers}, make)
  expect({exitCode, stderr}).toEqual({exitCode: 2, stderr: `Error (ValueMalformed): ${message}\n`})
  expect(files).toEqual([])
})

test('--confirm is asked before the passphrase', async () => {
  const [{exitCode}, files] = await run({answers: ['no']}, `${make} --confirm`)
  expect(exitCode).toBe(5)
  expect(files).toEqual([])
})

test('the report of a directory names what ends soon, and ends with 7', async () => {
  let federate: ((door: DirectoryDoor) => Promise<void>) | undefined
  const world = openWorld({
    through: async (door) => {
      await federate?.(door)
      return door
    },
  })
  worlds.push(world)
  for (const line of ['new-tenant contoso --domain-verification none', 'new-domain a.test', 'confirm-domain a.test'])
    await world.run(...line.split(' '))
  const [{objectId: tenantId}] = JSON.parse((await world.run('get-company-information', '--output', 'json')).stdout)
  const key = rsaKey()
  const base64 = async (notAfter: string): Promise<string> =>
    writeBase64((await signingIdentity(key, {notAfter: new Date(notAfter)})).certificate.der)
  const [signingCertificate, nextSigningCertificate] = [await base64('2026-12-01'), await base64('2027-12-01')]
  federate = async ({transport, origin, ticketFor}) => {
    federate = undefined
    const graph = openGraph(
      authorized(transport, async () => ticketFor({tenantId})),
      `${origin}/v1.0`,
    )
    const settings = {
      issuerUri: 'urn:a',
      passiveLogOnUri: 'https://sts.a.test/',
      signingCertificate,
      nextSigningCertificate,
    }
    await graph.federationSettings.create('a.test', {...settings, preferredAuthenticationProtocol: 'WsFed'})
  }
  const report = async (...words: string[]): Promise<unknown> => {
    const {stdout, exitCode} = await world.run(
      'get-signing-certificate',
      '--output',
      'csv',
      '--property',
      'domain,slot,daysLeft',
      ...words,
    )
    return [stdout.trim().split(/\r?\n/).slice(1), exitCode]
  }
  expect(await report()).toEqual([['a.test,current,9', 'a.test,next,374'], 0])
  expect(await report('a.test', '--slot', 'next')).toEqual([['a.test,next,374'], 0])
  expect(await report('--expires-within', '10d')).toEqual([['a.test,current,9'], 7])
  expect(await report('--expires-within', '9d')).toEqual([[], 0])
})
