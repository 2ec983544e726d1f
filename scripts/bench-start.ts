// Start-up times as ratios to a bare node of the same run: `npm run bench:start [-- ROUNDS]`. Says where it stands, asserts nothing.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {main} from '../src/cli/main.ts'
import {processParts} from '../src/cli/process-parts.ts'

interface Contestant {
  readonly name: string
  readonly argv: readonly string[]
  /** The wanted ratio. */
  readonly wanted?: number
  readonly milliseconds: number[]
}

const program = join(import.meta.dirname, '..', 'bin', 'run.js')
const users = 50
const rounds = Math.max(Number(process.argv[2] ?? 15), 15)
const bare: Contestant = {name: 'node -e 0', argv: ['-e', '0'], milliseconds: []}
const contestants: readonly Contestant[] = [
  bare,
  {name: '--version', argv: [program, '--version'], wanted: 1.2, milliseconds: []},
  {name: '--help', argv: [program, '--help'], wanted: 1.7, milliseconds: []},
  {name: 'get-domain', argv: [program, 'get-domain'], wanted: 2.2, milliseconds: []},
  {name: 'get-user', argv: [program, 'get-user'], wanted: 2.2, milliseconds: []},
]

const home = mkdtempSync(join(tmpdir(), 'fedctl-bench-'))
process.env['FEDCTL_HOME'] = home
try {
  await prepareTenant()
  for (const contestant of contestants) measure(contestant)
  for (let round = 0; round < rounds; round++)
    for (const contestant of contestants) contestant.milliseconds.push(measure(contestant))
  console.log(report())
} finally {
  rmSync(home, {recursive: true, force: true})
}

/** A tenant with a domain and users, made in this process. */
async function prepareTenant(): Promise<void> {
  const {terminal, ...parts} = processParts()
  const quiet = {...parts, terminal: {...terminal, write: () => undefined}}
  const run = async (...argv: readonly string[]): Promise<void> => {
    if ((await main(argv, quiet)) !== 0) throw new Error(`fedctl ${argv.join(' ')} failed`)
  }
  await run('new-tenant', 'bench', '--domain-verification', 'none')
  await run('new-domain', 'contoso.com')
  for (let count = 1; count < users; count++)
    await run('new-user', `user${count}@bench.onmicrosoft.com`, '--display-name', `User ${count}`)
}

/** How long one process takes, in milliseconds. One that fails measures nothing. */
function measure({name, argv}: Contestant): number {
  const start = process.hrtime.bigint()
  const {status, stderr} = spawnSync(process.execPath, argv, {encoding: 'utf8'})
  const nanoseconds = process.hrtime.bigint() - start
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return Number(nanoseconds) / 1e6
}

function report(): string {
  const lines = contestants.map((contestant) => {
    const {name, wanted} = contestant
    const numbers = [minimum, median].map((of) => (of(contestant) / of(bare)).toFixed(2).padStart(8))
    return `${name.padEnd(12)}${numbers.join('')}${wanted?.toFixed(1).padStart(8) ?? ''}`
  })
  return [
    `× bare node ${process.versions.node} (${minimum(bare).toFixed(0)} ms), ${rounds} interleaved rounds`,
    `${''.padEnd(12)} minimum  median  wanted`,
    ...lines,
  ].join('\n')
}

function minimum({milliseconds}: Contestant): number {
  return Math.min(...milliseconds)
}

function median({milliseconds}: Contestant): number {
  return milliseconds.toSorted((one, other) => one - other)[milliseconds.length >> 1] ?? Number.NaN
}
