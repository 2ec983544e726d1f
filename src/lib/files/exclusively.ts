import {closeSync, openSync} from 'node:fs'
import {dirname} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import {makeFolder} from './make-folder.ts'

const patienceMilliseconds = 5000

/**
 * Runs work, which must not wait for anything, while no other process runs work under the same lock file; one that is not there is made
 * (0600, its folder 0700) and stays. The lock ends with the process at the latest. Throws FileFailure when it cannot be had within 5 s.
 */
export async function exclusively<Result>(lock: string, work: () => Result): Promise<Result> {
  const release = await take(lock)
  try {
    return work()
  } finally {
    release()
  }
}

/** SQLite's lock on an empty database: the system gives it back however the process ends, so none is ever left behind. */
async function take(lock: string): Promise<() => void> {
  const {DatabaseSync} = await import('node:sqlite')
  try {
    await makeFolder(dirname(lock))
    closeSync(openSync(lock, 'a', 0o600))
    const database = new DatabaseSync(lock, {timeout: patienceMilliseconds})
    try {
      database.exec('begin exclusive')
    } catch (error) {
      database.close()
      throw error
    }
    return () => database.close()
  } catch (cause) {
    const isBusy = (cause as {errcode?: number}).errcode === 5
    throw isBusy
      ? new FedctlError('FileFailure', `${lock} is held by another process.`, {hints: ['Try again when it has ended.']})
      : new FedctlError('FileFailure', `${lock} cannot be locked: ${(cause as Error).message}`, {cause})
  }
}
