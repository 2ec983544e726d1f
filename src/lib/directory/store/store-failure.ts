import {FedctlError} from '../../errors/fedctl-error.ts'
import {DamagedValue} from './read-list.ts'

// Primary result codes of SQLite (sqlite.org/rescode.html).
const [refusedStatement, busy, locked, corrupt, full, notADatabase] = [1, 5, 6, 11, 13, 26]
const refusedByTheSystem = new Set([3, 8, 10, 14, 23])

/**
 * What a failure of SQLite, or of reading what it gave, means to a person: `StoreDamaged`, `FileFailure` or `ServiceFailure`, naming
 * the file. Anything else is given back as it is.
 */
export function storeFailure(error: unknown, file: string): unknown {
  if (error instanceof DamagedValue) return damaged(error, file, `is damaged: ${error.message}`)
  const {code, errcode = 0, message} = error as {code?: unknown; errcode?: number; message?: string}
  if (code !== 'ERR_SQLITE_ERROR') return error
  const result = errcode % 256
  if (result === corrupt) return damaged(error, file, 'is damaged')
  if (result === notADatabase) return damaged(error, file, 'is not a database')
  // Every statement is right for the tables of its version: what SQLite cannot make of one, these tables lack.
  if (result === refusedStatement) return damaged(error, file, `is damaged: ${message}`)
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

const damaged = (cause: unknown, file: string, what: string): FedctlError =>
  new FedctlError('StoreDamaged', `The store ${file} ${what}.`, {
    hints: ['It is left as it is: move it away, or bring back a copy of it.'],
    cause,
  })

/** A database that is readable and yet not a store this program can open. */
export const notOurStore = (file: string, why: string, hint: string): FedctlError =>
  new FedctlError('StoreDamaged', `The store ${file} ${why}.`, {hints: [hint]})
