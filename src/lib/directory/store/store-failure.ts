import {FedctlError} from '../../errors/fedctl-error.ts'

// Primary result codes of SQLite (sqlite.org/rescode.html).
const [busy, locked, corrupt, full, notADatabase] = [5, 6, 11, 13, 26]
const refusedByTheSystem = new Set([3, 8, 10, 14, 23])

/**
 * What a failure of SQLite means to a person: `StoreDamaged` or `FileFailure`, naming the file. Anything else is given back as it is.
 */
export function storeFailure(error: unknown, file: string): unknown {
  const {code, errcode = 0} = error as {code?: unknown; errcode?: number}
  if (code !== 'ERR_SQLITE_ERROR') return error
  const result = errcode % 256
  if (result === notADatabase || result === corrupt)
    return new FedctlError(
      'StoreDamaged',
      `The store ${file} ${result === corrupt ? 'is damaged' : 'is not a database'}.`,
      {
        hints: ['It is left as it is: move it away, or bring back a copy of it.'],
        cause: error,
      },
    )
  if (result === busy || result === locked)
    return new FedctlError('FileFailure', `The store ${file} is in use by another program.`, {
      hints: ['Try again when that program has finished.'],
      cause: error,
    })
  if (result === full)
    return new FedctlError('FileFailure', `The store ${file} cannot grow: the disk is full.`, {cause: error})
  if (refusedByTheSystem.has(result))
    return new FedctlError('FileFailure', `The store ${file} cannot be read or written.`, {cause: error})
  return error
}

/** A database that is readable and yet not a store this program can open. */
export const notOurStore = (file: string, why: string, hint: string): FedctlError =>
  new FedctlError('StoreDamaged', `The store ${file} ${why}.`, {hints: [hint]})
