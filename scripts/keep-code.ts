// Runs what is run most often, and keeps the code that V8 made of the bundle beside it: the next start need not compile. What is not
// run here is compiled when it is called; to keep it too would make every start read more.
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Script} from 'node:vm'

interface Loader {
  readonly code: string
  readonly scripts: ReadonlyMap<string, Script>
  load(name: string): {runProcess(): Promise<void>}
  codeOf(name: string): string
}

const program = join(import.meta.dirname, '..', 'bin', 'run.js')
const {load, scripts, code, codeOf} = createRequire(import.meta.url)('../bin/load.js') as Loader
const home = mkdtempSync(join(tmpdir(), 'fedctl-build-'))
process.env['FEDCTL_HOME'] = home
try {
  execFileSync(process.execPath, [program, 'new-tenant', 'build', '--output', 'none'])
  for (const line of ['--version', '--help', 'get-domain', 'get-user']) await run(line)
  mkdirSync(code, {recursive: true})
  for (const [name, script] of scripts) writeFileSync(codeOf(name), script.createCachedData())
} finally {
  rmSync(home, {recursive: true, force: true})
}

async function run(...argv: readonly string[]): Promise<void> {
  process.argv = [process.execPath, program, ...argv]
  await load('./fedctl.cjs').runProcess()
  if (process.exitCode !== 0) throw new Error(`fedctl ${argv.join(' ')} ended with ${process.exitCode}`)
}
