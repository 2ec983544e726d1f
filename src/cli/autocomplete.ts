import {join} from 'node:path'
import type {Terminal} from './terminal.ts'

/** Sets up completion: for bash, zsh and PowerShell by oclif's plugin, which oclif itself runs; for fish, which it does not know, a script. */
export async function autocomplete(words: readonly string[], {write}: Terminal): Promise<void> {
  if (words.at(-1)?.toLowerCase() === 'fish') {
    const {fishCompletion} = await import('./fish-completion.ts')
    return write(await fishCompletion())
  }
  const {execute} = await import('@oclif/core/execute')
  await execute({args: ['autocomplete', ...words], dir: join(import.meta.dirname, '..', '..')})
}
