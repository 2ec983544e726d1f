import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import type {IPty} from '@lydell/node-pty'
import {openWorld, type World} from './fedctl.ts'

// The package has a part for each platform; where that is missing, there is no terminal to test on.
const pty = await import('@lydell/node-pty').catch(() => undefined)
const root = join(import.meta.dirname, '..')

interface Screen {
  /** As it was written, with what steers the terminal. */
  readonly raw: string
  /** Without that. */
  readonly text: string
  readonly exitCode: number
  readonly signal: number | undefined
}

let world: World
beforeAll(async () => {
  world = openWorld()
  await world.run('new-tenant', 'contoso')
})
afterAll(() => world.remove())

interface Reaction {
  /** What the screen shows when … */
  readonly at: string
  /** … this is typed. */
  readonly type: string
}

/** Runs a program in a real terminal, and types when something is read. */
function inTerminal(argv: readonly string[], columns: number, reactions: readonly Reaction[] = []): Promise<Screen> {
  const terminal = pty?.spawn(process.execPath, [...argv], {
    cols: columns,
    env: {FEDCTL_HOME: world.home, TERM: 'xterm-256color', PATH: process.env['PATH']},
  }) as IPty
  const waiting = [...reactions]
  let raw = ''
  let read = 0
  terminal.onData((piece) => {
    raw += piece
    const [next] = waiting
    const found = next === undefined ? -1 : raw.indexOf(next.at, read)
    if (next === undefined || found < 0) return
    read = found + next.at.length
    waiting.shift()
    terminal.write(next.type)
  })
  return new Promise((resolve) => {
    terminal.onExit(({exitCode, signal}) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal is steered by
      resolve({raw, text: raw.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', ''), exitCode, signal})
    })
  })
}

const fedctl = (line: string, columns: number, reactions: readonly Reaction[] = []): Promise<Screen> =>
  inTerminal([join(root, 'bin', 'run.js'), ...line.split(' ')], columns, reactions)

const describeInTerminal = pty === undefined ? describe.skip : describe

describeInTerminal('in a terminal', () => {
  const question = '[Y] Yes  [A] Yes to All  [N] No  [L] No to All'
  const remove = 'remove-user admin@contoso.onmicrosoft.com'

  test('a table fits the width: values are cut, columns left out, and it is said; the heading has a colour', async () => {
    const {raw, text, exitCode} = await fedctl('get-user --property *', 60)
    expect(exitCode).toBe(0)
    expect(Math.max(...text.split('\n').map(({length}) => length))).toBeLessThanOrEqual(60)
    expect(text).toMatch(/^Alterna… /)
    expect(text).toMatch(/\(\d+ more properties: --output list\)\n$/)
    expect(raw.startsWith('\u001b[32;1m')).toBe(true)
  })

  test('a destructive command asks as PowerShell does, and Enter means no', async () => {
    const {text, exitCode} = await fedctl(remove, 80, [{at: question, type: '\r'}])
    expect({text, exitCode}).toEqual({exitCode: 5, text: expect.stringContaining('nothing was changed')})
  })

  test('what is no answer is asked again', async () => {
    const {text, exitCode} = await fedctl(remove, 80, [
      {at: question, type: 'maybe\r'},
      {at: 'Y, A, N or L?', type: '\u007f'.repeat(5)},
      {at: `${question}`, type: 'l\r'},
    ])
    expect({text, exitCode}).toEqual({exitCode: 5, text: expect.stringContaining('nothing was changed')})
  })

  test('Ctrl-C at a question ends with 130, and nothing was changed', async () => {
    const {text, exitCode} = await fedctl(remove, 80, [{at: question, type: '\u0003'}])
    expect({text, exitCode}).toEqual({exitCode: 130, text: expect.stringContaining('nothing was changed')})
    expect(text).not.toContain('bug of fedctl')
  })

  test('the first Ctrl-C during a plan asks it to undo, the second one ends the process', async () => {
    const {text, signal} = await inTerminal([join(root, 'test', 'parts', 'wait-for-ctrl-c.ts')], 80, [
      {at: 'working', type: '\u0003'},
      {at: 'undoing', type: '\u0003'},
    ])
    expect(text).toContain('Ctrl-C again ends it at once')
    expect(signal).toBe(2)
  })
})
