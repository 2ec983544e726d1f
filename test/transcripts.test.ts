import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {type Outcome, openWorld, type WorldOptions} from './fedctl.ts'
import {serveDoor} from './parts/serve-door.ts'
import {isOnServer} from './parts/test-store.ts'
import {readTranscript, wordsOf} from './parts/transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')
// What happens to the store file.
const ofFiles = ['damaged.txt', 'moved-store.txt', 'store.txt']
const names = readdirSync(folder).filter((name) => name.endsWith('.txt') && !(isOnServer && ofFiles.includes(name)))
const isUpdate = process.env['UPDATE'] === '1'

test('there are transcripts', () => expect(names.length).toBeGreaterThan(10))

describe.each([
  ['in process', {}],
  ['over a socket', {through: serveDoor}],
] as [string, WorldOptions][])('%s', (way, options) => {
  test.each(names)('%s', async (name) => {
    const file = join(folder, name)
    const text = readFileSync(file, 'utf8')
    const replayed = await replay(text, options)
    if (isUpdate && way === 'in process') writeFileSync(file, replayed)
    else expect(replayed).toBe(text)
  })
})

/** Runs every line of a transcript in one fresh world, and writes it down with what was printed. */
async function replay(text: string, options: WorldOptions): Promise<string> {
  const world = openWorld({...options, ...resolverIn(text)})
  try {
    let replayed = ''
    for (const {before, files, exchange} of readTranscript(text)) {
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(world.home, name), content.replaceAll('{home}', world.home), {mode: 0o600})
      replayed += before
      if (exchange === undefined) continue
      const [, ...argv] = wordsOf(exchange.line.replaceAll('{home}', world.home))
      replayed += `$ ${exchange.line}\n${withoutHome(printed(await world.run(...argv)), world.home)}`
      replayed += blankLinesAtEnd(exchange.expected)
    }
    return replayed
  } finally {
    world.remove()
  }
}

const printed = ({stdout, stderr, exitCode}: Outcome): string =>
  stdout + stderr.replaceAll(/^(?=[^\n])/gm, '! ') + (exitCode === 0 ? '' : `[exit ${exitCode}]\n`)

/** The folder's name by {home}; a table that holds it is as wide as the folder's name is long, so its gaps are written as two blanks. */
function withoutHome(output: string, home: string): string {
  const hasTable = output.includes(home) && /^-+( +-+)+$/m.test(output)
  return (hasTable ? output.replaceAll(/(?<=[^\s!]) {2,}/g, '  ') : output).replaceAll(home, '{home}')
}

/** A blank line may stand before the next command line, for the eye. */
const blankLinesAtEnd = (expected: string): string => (/\n\n$/.test(`\n${expected}`) ? '\n' : '')

/** `# dns NAME TXT VALUE` lines are what the resolver of the transcript answers. */
function resolverIn(text: string): WorldOptions {
  const records = [...text.matchAll(/^# dns (\S+) TXT (.+)$/gm)]
  if (records.length === 0) return {}
  return {
    resolveTxt: async (wanted) => records.filter(([, name]) => name === wanted).map(([, , value = '']) => [value]),
  }
}
