import {cpSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {ChangeCommand} from '../src/cli/change-command.ts'
import {commandTable} from '../src/cli/command-table.ts'
import type {DirectoryDoor} from '../src/cli/context.ts'
import type {HttpRequest} from '../src/lib/model/http-message.ts'
import {openWorld, type World} from './fedctl.ts'
import {seedWorld} from './parts/seed-world.ts'
import {wordsOf} from './parts/transcript.ts'

let seed: World
let changing: HttpRequest[] = []

beforeAll(async () => {
  seed = openWorld()
  await seedWorld(seed)
})
afterAll(() => seed.remove())

/** The same directory; every request that is not a read is written down. */
const counting = async (door: DirectoryDoor): Promise<DirectoryDoor> => ({
  ...door,
  transport: (request) => {
    if (request.method !== 'GET') changing.push(request)
    return door.transport(request)
  },
})

/** Every file below a folder with its content, the store's own bookkeeping aside. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
  const paths = names
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('directory.sqlite'))
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]))
}

async function runs(
  line: string,
): Promise<{exitCode: number; stderr: string; changing: readonly string[]; files: boolean}> {
  const world = openWorld({seed: 'copy', through: counting})
  const before = process.cwd()
  try {
    cpSync(seed.home, world.home, {recursive: true})
    process.chdir(world.home)
    const files = filesIn(world.home)
    changing = []
    const {exitCode, stderr} = await world.run(...wordsOf(line).slice(1))
    const areSame = JSON.stringify(files) === JSON.stringify(filesIn(world.home))
    return {exitCode, stderr, changing: changing.map(({method, url}) => `${method} ${url}`), files: areSame}
  } finally {
    process.chdir(before)
    world.remove()
  }
}

const ids = Object.keys(commandTable)

describe.each(ids)('%s', (id) => {
  test('neither --what-if nor --as-graph sends a request that changes anything, or writes a file', async () => {
    const {default: Class} = (await commandTable[id]?.load()) ?? {default: undefined}
    if (Class === undefined || !(Class.prototype instanceof ChangeCommand)) return
    for (const example of (Class.examples ?? []).map(String))
      for (const flag of ['--what-if', '--as-graph']) {
        const line = `${example.replace('<%= config.bin %>', 'fedctl').replace('<%= command.id %>', id)} ${flag}`
        expect({line, ...(await runs(line))}).toMatchObject({line, exitCode: 0, changing: [], files: true})
      }
  })
})

test('the counting counts: without --what-if a change is seen', async () => {
  expect((await runs('fedctl set-user ada@contoso.com --department Physics')).changing).toHaveLength(1)
})
