import {cpSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {commandTable} from '../src/cli/command-table.ts'
import type {Transport} from '../src/lib/http/transport.ts'
import {openWorld, type World} from './fedctl.ts'
import {seedWorld} from './parts/seed-world.ts'
import {wordsOf} from './parts/transcript.ts'

let seed: World

beforeAll(async () => {
  seed = openWorld()
  await seedWorld(seed)
}, 60_000)
afterAll(() => seed.remove())

// The quickstart is run as a whole by its own test: it starts processes.
const ids = Object.keys(commandTable).filter((id) => id !== 'quickstart')

describe.each(ids)('%s', (id) => {
  test('has examples, and every example runs', async () => {
    const {default: Class} = (await commandTable[id]?.load()) ?? {default: undefined}
    const examples = (Class?.examples ?? []).map(String)
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const line = spelledOut(example, id)
      expect({line, ...(await runInCopy(line))}).toMatchObject({line, exitCode: 0})
    }
  })
})

/** A service listens where nobody else does: the machine may have one already. */
function spelledOut(example: string, id: string): string {
  const line = example.replace('<%= config.bin %>', 'fedctl').replace('<%= command.id %>', id)
  return id.startsWith('start-') ? `${line.replace(/ --listen \S+/, '')} --listen 127.0.0.1:0` : line
}

/** The one server that the examples speak of publishes the metadata that is in the seeded world's folder. */
const network: Transport = async ({url}) => ({
  status: url.startsWith('https://sts.contoso.com/FederationMetadata/') ? 200 : 404,
  headers: {},
  body: readFileSync(join(seed.home, 'FederationMetadata.xml'), 'utf8'),
})

/** Each example gets a copy of the seeded world, so that none sees what another changed. */
async function runInCopy(line: string): Promise<{exitCode: number; stderr: string}> {
  // What would go on until it is stopped is stopped as soon as it runs.
  const interruption = line.startsWith('fedctl start-') ? {interruption: AbortSignal.abort()} : {}
  const world = openWorld({seed: 'copy', network, ...interruption})
  const before = process.cwd()
  try {
    cpSync(seed.home, world.home, {recursive: true})
    process.chdir(world.home)
    const [, ...argv] = wordsOf(line)
    return await world.run(...argv)
  } finally {
    process.chdir(before)
    world.remove()
  }
}
