import {execFileSync} from 'node:child_process'
import {join} from 'node:path'

export interface ParsedScript {
  /** Whether the grammar found anything it does not know, or missed something. */
  readonly hasError: boolean
  /** The text of every command, in order. */
  readonly commands: readonly string[]
  readonly strings: readonly string[]
}

/** What a PowerShell grammar that was not written here makes of each script. Not in this process: V8 would spend seconds at its end on a faster grammar. */
export function parsePowerShell(scripts: readonly string[]): ParsedScript[] {
  const child = join(import.meta.dirname, 'power-shell-grammar.ts')
  const options = {input: JSON.stringify(scripts), maxBuffer: 64 * 1024 * 1024}
  return JSON.parse(`${execFileSync(process.execPath, ['--liftoff-only', child], options)}`)
}
