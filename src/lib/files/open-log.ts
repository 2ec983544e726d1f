import {openSync, writeSync} from 'node:fs'
import {FedctlError} from '../errors/fedctl-error.ts'
import {refuseExposed} from './refuse-exposed.ts'

/** A file that lines are added to, until the process ends. */
export interface Log {
  /** Throws FileFailure when the line cannot be written. */
  write(line: string): void
}

/**
 * Opens a file to add lines to, made for its owner alone; what several processes add, or a tool cuts off, does not get mixed up. Throws
 * FileUnsafe for one that others can reach, FileFailure when it cannot be opened.
 */
export function openLog(path: string, uid: number | undefined): Log {
  refuseExposed({path, what: 'The log', uid})
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (cause) {
      throw new FedctlError('FileFailure', `The log ${path} cannot be written: ${(cause as Error).message}`, {cause})
    }
  }
  const descriptor = attempt(() => openSync(path, 'a', 0o600))
  return {write: (line) => attempt(() => void writeSync(descriptor, `${line}\n`))}
}
