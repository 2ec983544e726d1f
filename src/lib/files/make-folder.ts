import {mkdir, stat} from 'node:fs/promises'
import {dirname} from 'node:path'

/**
 * Makes a folder, and those above it, for their owner alone; gives the topmost one that was made, undefined when all were there. Fails as
 * the operating system says. Node's own recursive mkdir never ends where a folder can be neither found nor made (below /proc).
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const failure = await tryToMake(path)
  if (failure === undefined) return path
  if (failure.code === 'EEXIST' && (await stat(path)).isDirectory()) return undefined
  if (failure.code !== 'ENOENT' || dirname(path) === path) throw failure
  const made = await makeFolder(dirname(path))
  const again = await tryToMake(path)
  if (again !== undefined && again.code !== 'EEXIST') throw again
  return made ?? path
}

const tryToMake = (path: string): Promise<NodeJS.ErrnoException | undefined> =>
  mkdir(path, {mode: 0o700}).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  )
