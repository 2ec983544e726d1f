import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {commandTable} from '../src/cli/command-table.ts'
import {findCommand} from '../src/cli/find-command.ts'
import {readTranscript, wordsOf} from './parts/transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')

/** Every command line of all transcripts: which command, and whether it failed. */
const lines = readdirSync(folder).flatMap((name) =>
  readTranscript(readFileSync(join(folder, name), 'utf8')).flatMap(({exchange}) => {
    if (exchange === undefined) return []
    const [, word = ''] = wordsOf(exchange.line)
    return [{word, failed: /^\[exit \d+\]$/m.test(exchange.expected)}]
  }),
)

const idOf = (word: string): string | undefined => {
  try {
    return findCommand(word).id
  } catch {
    return undefined
  }
}

// The quickstart has a test of its own: it starts processes. So has what goes on until it is stopped: transcripts show it failing.
const ids = Object.keys(commandTable).filter((id) => id !== 'quickstart')
const goesOn = (id: string): boolean => id.startsWith('start-')

test.each(ids)('%s is shown in a transcript, working and failing', (id) => {
  const own = lines.filter(({word}) => idOf(word) === id).map(({failed}) => failed)
  const works = goesOn(id) || own.includes(false)
  expect({works, fails: own.includes(true)}).toEqual({works: true, fails: true})
})
