import {join} from 'node:path'

/** Runs a command that is an oclif plugin's own (autocomplete), by oclif itself. */
export async function runPluginCommand(argv: readonly string[]): Promise<void> {
  const {execute} = await import('@oclif/core/execute')
  await execute({args: [...argv], dir: join(import.meta.dirname, '..', '..')})
}
