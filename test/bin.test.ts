import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {openWorld, type World} from './fedctl.ts'

const root = join(import.meta.dirname, '..')
const program = join(root, 'bin', 'run.js')
const olderNode = ['--require', join(root, 'test', 'parts', 'older-node.cjs')]
const home = mkdtempSync(join(tmpdir(), 'fedctl-bin-'))

afterAll(() => rmSync(home, {recursive: true, force: true}))

describe('what a start loads', () => {
  let world: World
  beforeAll(async () => {
    world = openWorld()
    await world.run('new-tenant', 'contoso')
  })
  afterAll(() => world.remove())

  test('the code that V8 made of the bundle was kept for this Node', () => {
    expect(createRequire(import.meta.url)('../bin/load.js').hasCode()).toBe(true)
  })

  test('get-domain runs no more packages than these, and of oclif the command and the parser', () => {
    const coverage = join(home, 'coverage')
    const {status, stdout} = spawnSync(process.execPath, [program, 'get-domain'], {
      encoding: 'utf8',
      env: {FEDCTL_HOME: world.home, NODE_V8_COVERAGE: coverage},
    })
    expect({status, stdout}).toEqual({status: 0, stdout: expect.stringContaining('contoso.onmicrosoft.com')})
    const files = executedFiles(coverage)
    const packages = new Set(files.map((file) => /^(@[^/]+\/)?[^/]+/.exec(file)?.[0]))
    expect([...packages].sort()).toEqual(['@oclif/core', 'hono', 'kysely'])
    const oclif = files.filter((file) => file.startsWith('@oclif/core/lib/'))
    expect(oclif).toContain('@oclif/core/lib/parser/parse.js')
    expect(oclif.filter((file) => /lib\/(config|help|ux)\//.test(file))).toEqual([])
  })
})

/** The files of packages that ran: those of CommonJS that were asked for, and all ES modules of the parts that were loaded. */
function executedFiles(coverage: string): string[] {
  const [name = ''] = readdirSync(coverage)
  const {result} = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
    result: {url: string; functions: {functionName: string; ranges: {count: number}[]}[]}[]
  }
  const parts = JSON.parse(readFileSync(join(root, 'dist/bundle/parts.json'), 'utf8')) as Record<string, string[]>
  return result.flatMap(({url, functions}) => {
    const counts = new Map(functions.map(({functionName, ranges}) => [functionName, ranges[0]?.count]))
    const files = url.includes('/dist/bundle/') ? (parts[basename(url)] ?? []) : []
    const ran = files.filter((file) => file.includes('node_modules/') && (counts.get(file) ?? 1) > 0)
    return ran.map((file) => file.split('node_modules/').at(-1) ?? '')
  })
}

describe('an older Node', () => {
  test('hands over to the Node of the clone, also through a link and from another folder; the exit code is passed on', () => {
    const link = join(home, 'fedctl')
    symlinkSync(program, link)
    const run = (word: string) => spawnSync(process.execPath, [...olderNode, link, word], {cwd: home, encoding: 'utf8'})
    expect(run('--version')).toMatchObject({status: 0, stdout: expect.stringMatching(/^fedctl \d+\.\d+\.\d+\n$/)})
    expect(run('get-nothing')).toMatchObject({status: 2, stdout: '', stderr: expect.stringContaining('UnknownCommand')})
  })

  test('says in one line what is missing when there is no other', () => {
    cpSync(join(root, 'bin'), join(home, 'alone', 'bin'), {recursive: true})
    const argv = [...olderNode, join(home, 'alone', 'bin', 'run.js'), '--version']
    const {status, stderr} = spawnSync(process.execPath, argv, {encoding: 'utf8'})
    expect({status, stderr}).toEqual({
      status: 78,
      stderr: expect.stringMatching(/^fedctl needs Node.js 24\.15 .*20\.19\.0.*npm ci\n$/),
    })
  })

  test('lets Ctrl-C reach the other once, waits for it and ends as it does', async () => {
    cpSync(join(root, 'bin'), join(home, 'clone', 'bin'), {recursive: true})
    mkdirSync(join(home, 'clone', 'node_modules', 'node', 'bin'), {recursive: true})
    const other = join(home, 'clone', 'node_modules', 'node', 'bin', 'node')
    writeFileSync(
      other,
      '#!/bin/sh\ntrap "echo stopping; sleep 0.2; exit 130" INT\necho ready\nwhile :; do sleep 0.05; done\n',
    )
    chmodSync(other, 0o755)
    const child = spawn(process.execPath, [...olderNode, join(home, 'clone', 'bin', 'run.js')], {detached: true})
    const said: string[] = []
    child.stdout.on('data', (text: Buffer) => said.push(String(text)))
    await once(child.stdout, 'data')
    process.kill(-(child.pid ?? 0), 'SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
    expect(said.join('')).toBe('ready\nstopping\n')
  })
})

const shell = (line: string, environment: Record<string, string> = {}) =>
  spawnSync('bash', ['-o', 'pipefail', '-c', line], {encoding: 'utf8', env: {...process.env, ...environment}})

test('bash completes commands, aliases and parameters once autocomplete has made its script', () => {
  const complete = (...words: string[]) =>
    `COMP_WORDS=(fedctl ${words.join(' ')}) COMP_CWORD=${words.length}; _fedctl_autocomplete; echo "$COMPREPLY"`
  const {stdout, stderr, status} = shell(
    `"${process.execPath}" "${program}" autocomplete --refresh-cache 2>/dev/null
     source "$XDG_CACHE_HOME/fedctl/autocomplete/functions/bash/fedctl.bash"
     ${complete('get-us')}; ${complete('get-msolu')}; ${complete('get-user', '--ret')}`,
    {XDG_CACHE_HOME: join(home, 'cache')},
  )
  expect({stdout, stderr, status}).toEqual({
    stdout: 'get-user\nget-msoluser\n--return-deleted-users\n',
    stderr: '',
    status: 0,
  })
})

describe('output into a pipe', () => {
  const writeMuch = `"${process.execPath}" "${join(root, 'test', 'parts', 'write-much.ts')}"`

  test('arrives whole at a slow reader, and a reader that goes away ends it quietly', () => {
    const {stdout, stderr, status} = shell(`${writeMuch} | (sleep 0.3; cat) | wc -c; ${writeMuch} | head -n 1`)
    expect({stdout, stderr, status}).toEqual({stdout: `10000000\n${' '.repeat(98)}0\n`, stderr: 'closed', status: 0})
  })
})
