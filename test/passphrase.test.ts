import {readdirSync} from 'node:fs'
import {afterEach, expect, test} from '@jest/globals'
import {type Outcome, openWorld, type World, type WorldOptions} from './fedctl.ts'

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
  expect(outcome).toMatchObject({exitCode: 0, stdout: expect.stringContaining('CN=Test')})
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
