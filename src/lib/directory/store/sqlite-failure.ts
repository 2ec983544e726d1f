import {FedctlError} from '../../errors/fedctl-error.ts'
import {damagedStore} from './store-failure.ts'

// Primary result codes of SQLite (sqlite.org/rescode.html).
const [refusedStatement, busy, locked, corrupt, full, notADatabase] = [1, 5, 6, 11, 13, 26]
const refusedByTheSystem = new Set([3, 8, 10, 14, 23])

/**
 * What a failure of SQLite means to a person: `StoreDamaged`, `FileFailure` or `ServiceFailure`, naming the file. Anything else is given
 * back as it is.
 */
export function sqliteFailure(error: unknown, file: string): unknown {
  const {code, errcode = 0, message} = error as {code?: unknown; errcode?: number; message?: string}
  if (code !== 'ERR_SQLITE_ERROR') return error
  const result = errcode % 256
  if (result === corrupt) return damagedStore(error, file, 'is damaged')
  if (result === notADatabase) return damagedStore(error, file, 'is not a database')
  // Every statement is right for the tables of its version: what SQLite cannot make of one, these tables lack.
  if (result === refusedStatement) return damagedStore(error, file, `is damaged: ${message}`)
  if (result === busy || result === locked)
    return new FedctlError('FileFailure', `The store ${file} is in use by another program.`, {
      hints: ['Try again when that program has finished.'],
      cause: error,
    })
  if (result === full)
    return new FedctlError('FileFailure', `The store ${file} cannot grow: the disk is full.`, {cause: error})
  if (refusedByTheSystem.has(result))
    return new FedctlError('FileFailure', `The store ${file} cannot be read or written.`, {cause: error})
  return new FedctlError('ServiceFailure', `The store ${file} refused a change: ${message}.`, {
    hints: ['Nothing was changed. Please report it.'],
    cause: error,
  })
}
