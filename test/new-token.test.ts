import {readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {type Outcome, openWorld, type World, type WorldOptions} from './fedctl.ts'
import {rsaKey} from './parts/signing-identity.ts'

let world: World
afterEach(() => world.remove())

const issuer = '--issuer urn:x --immutable-id anybody'

/** Runs command lines one after another in a fresh world; {home} is its folder. The last one's outcome. */
async function run(options: WorldOptions, ...lines: string[]): Promise<Outcome> {
  world = openWorld(options)
  writeFileSync(join(world.home, 'other.key'), rsaKey())
  let outcome: Outcome = {stdout: '', stderr: '', exitCode: 0}
  for (const line of lines)
    outcome = await world.run(...line.split(' ').map((word) => word.replace('{home}', world.home)))
  return outcome
}

test.each([
  ['pfx', '--signing-key {home}/signing.pfx'],
  ['pem', '--signing-key {home}/signing.key --signing-certificate {home}/signing.pem'],
])('a %s key under a passphrase: asked for, or given and in no output', async (format, files) => {
  const make = `new-signing-certificate --subject Test --path {home}/signing --format ${format}`
  const sign = `new-token ${issuer} ${files} --out {home}/token.xml --debug --output json`
  const asked = await run({answers: ['Secret-4711', 'Secret-4711', 'Secret-4711']}, make, sign)
  expect(asked).toMatchObject({exitCode: 0, stderr: ''})
  world.remove()
  const given = await run({environment: {FEDCTL_PASSPHRASE: 'Secret-4711'}}, make, sign)
  expect(given.exitCode).toBe(0)
  expect(JSON.stringify(given)).not.toContain('Secret-4711')
  world.remove()
  const wrong = await run({answers: ['Secret-4711', 'Secret-4711', 'other']}, make, sign)
  expect(wrong).toMatchObject({exitCode: 2, stderr: expect.stringContaining('wrong passphrase')})
})

test('a token in a file is for its owner alone, and not on the screen', async () => {
  const make = 'new-signing-certificate --subject Test --path {home}/signing --unprotected-key'
  const sign = `new-token ${issuer} --signing-key {home}/signing.pfx --out {home}/token.xml --overwrite --property *,token`
  const {stdout} = await run({}, make, sign, sign)
  const file = join(world.home, 'token.xml')
  expect(readFileSync(file, 'utf8')).toMatch(/^<t:RequestSecurityTokenResponse .*<ds:Signature .*Response>$/s)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(stdout).not.toContain('<')
})

test('a key that is not the certificate’s is warned of', async () => {
  const make = 'new-signing-certificate --subject Test --path {home}/signing --format pem --unprotected-key'
  const files = '--signing-key {home}/other.key --signing-certificate {home}/signing.pem'
  expect(await run({}, make, `new-token ${issuer} ${files} --output none`)).toMatchObject({
    exitCode: 0,
    stderr: 'Warning: The key is not that of the certificate "CN=Test": nobody will accept the token.\n',
  })
})
