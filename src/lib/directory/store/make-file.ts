import {closeSync, existsSync, openSync} from 'node:fs'
import {dirname} from 'node:path'
import {FedctlError} from '../../errors/fedctl-error.ts'
import {refuseExposed} from '../../files/refuse-exposed.ts'

/**
 * Makes sure that the file exists, for its owner alone (0600, its folder 0700); one that is there is not touched. SQLite gives the
 * files beside it the same mode. Throws `FileUnsafe` when one of them is not its owner's alone, `FileUnreadable` for a folder or a path
 * that is not permitted.
 */
export async function makeFile(file: string, uid: number | undefined): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '-journal']) refuseExposed({path: file + ending, what: 'The store', uid})
  try {
    const folder = dirname(file)
    if (!existsSync(folder)) await (await import('../../files/make-folder.ts')).makeFolder(folder)
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    const {code = ''} = error as NodeJS.ErrnoException
    const why = reasons[code]
    if (why === undefined)
      throw new FedctlError('FileFailure', `The store ${file} cannot be made: ${code}.`, {cause: error})
    throw new FedctlError('FileUnreadable', `The store ${file} ${why}.`, {
      hints: ['Name a file in a folder that is yours.'],
      cause: error,
    })
  }
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder',
  EACCES: 'may not be opened by you',
  EPERM: 'may not be opened by you',
  ENOTDIR: 'lies below something that is not a folder',
  EEXIST: 'lies below something that is not a folder',
}
