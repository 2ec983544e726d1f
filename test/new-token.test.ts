import {chmodSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {writePem} from '../src/lib/certificates/write-pem.ts'
import {type Outcome, openWorld, type World, type WorldOptions} from './fedctl.ts'
import {rsaKey, signingIdentity} from './parts/signing-identity.ts'

const worlds: World[] = []
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove()
})

const issuer = '--issuer urn:x --immutable-id anybody'

interface Ran extends Outcome {
  readonly home: string
}

/** Runs command lines one after another in a fresh world; {home} is its folder, or another one's. All that they did. */
async function run(options: WorldOptions & {home?: string}, ...lines: string[]): Promise<Ran[]> {
  const world = openWorld(options)
  worlds.push(world)
  const {home = world.home} = options
  const outcomes: Ran[] = []
  for (const line of lines)
    outcomes.push({home, ...(await world.run(...line.split(' ').map((word) => word.replace('{home}', home))))})
  return outcomes
}

test.each([
  ['pfx', '--signing-key {home}/signing.pfx'],
  ['pem', '--signing-key {home}/signing.key --signing-certificate {home}/signing.pem'],
])('a %s key under a passphrase: given and in no output, or asked for', async (format, files) => {
  const make = `new-signing-certificate --subject Test --path {home}/signing --format ${format}`
  const sign = `new-token ${issuer} ${files} --debug --output none`
  const given = await run({environment: {FEDCTL_PASSPHRASE: 'Secret-4711'}}, make, sign)
  expect(given).toMatchObject([{exitCode: 0}, {exitCode: 0, stderr: ''}])
  expect(JSON.stringify(given)).not.toContain('Secret-4711')
  const [{home} = {home: ''}] = given
  const asked = await run({answers: ['Secret-4711', 'other'], home}, sign, sign)
  expect(asked).toMatchObject([{exitCode: 0}, {exitCode: 2, stderr: expect.stringContaining('wrong passphrase')}])
})

test('a token in a file is for its owner alone, and not on the screen', async () => {
  const make = 'new-signing-certificate --subject Test --path {home}/signing --unprotected-key'
  const sign = `new-token ${issuer} --signing-key {home}/signing.pfx --out {home}/token.xml --overwrite --property *,token`
  const outcomes = await run({}, make, sign, sign)
  const file = join(outcomes[0]?.home ?? '', 'token.xml')
  expect(readFileSync(file, 'utf8')).toMatch(/^<t:RequestSecurityTokenResponse .*<ds:Signature .*Response>$/s)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.stringify(outcomes)).not.toContain('<')
})

test('of several certificates the key’s own is taken; a key that has none there is warned of', async () => {
  const make = 'new-signing-certificate --subject Test --path {home}/signing --format pem --unprotected-key'
  const [{home} = {home: ''}] = await run({}, make)
  const otherKey = rsaKey()
  const {certificate} = await signingIdentity(otherKey, {subject: 'CN=Other'})
  writeFileSync(join(home, 'other.key'), otherKey, {mode: 0o600})
  const both = writePem('CERTIFICATE', certificate.der) + readFileSync(join(home, 'signing.pem'), 'utf8')
  writeFileSync(join(home, 'both.pem'), both)
  const sign = `new-token ${issuer} --output none --signing-key {home}`
  const mismatched = `${sign}/other.key --signing-certificate {home}/signing.pem`
  expect(await run({home}, `${sign}/signing.key --signing-certificate {home}/both.pem`, mismatched)).toMatchObject([
    {exitCode: 0, stderr: ''},
    {exitCode: 0, stderr: 'Warning: The key is not that of the certificate "CN=Test": nobody will accept the token.\n'},
  ])
})

test('a key that others can read is warned of, and signs', async () => {
  const make = 'new-signing-certificate --subject Test --path {home}/signing --unprotected-key'
  const [{home} = {home: ''}] = await run({}, make)
  const key = join(home, 'signing.pfx')
  chmodSync(key, 0o644)
  const [outcome] = await run({home}, `new-token ${issuer} --output none --signing-key ${key}`)
  expect(outcome).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/^Warning: Others can read .*chmod 600 /)})
})
