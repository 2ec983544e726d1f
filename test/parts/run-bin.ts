import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import type {Outcome} from '../fedctl.ts'

const program = join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/** Runs one command line as people do: the built program, a process of its own. */
export async function runBin(argv: readonly string[], environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...argv], {
    env: {PATH: process.env['PATH'], ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return {stdout, stderr, exitCode}
}
