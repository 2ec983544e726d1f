import {fstatSync, writeSync} from 'node:fs'
import {isatty} from 'node:tty'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {harmlessText} from './harmless-text.ts'

/** Standard output or standard error of this process. */
export interface ProcessOutput {
  isTerminal(): boolean
  /** Everything is written when this returns, or will be before the process ends. False when nobody reads it any more (EPIPE). */
  write(text: string): boolean
}

/**
 * A terminal is written to through Node's stream; a file or a pipe directly, because loading the streams takes a tenth of a start.
 */
export function processOutput(descriptor: 1 | 2): ProcessOutput {
  // Only what is a device can be a terminal; to ask tty of a pipe would load the streams after all.
  const isTerminal = once(() => fstatSync(descriptor).isCharacterDevice() && isatty(descriptor))
  const open = once(() => openStream(descriptor, isTerminal()))
  let isClosed = false
  let isBusy = false
  return {
    isTerminal,
    write(text) {
      if (isClosed) return false
      if (isTerminal() || isBusy) return open().write(text)
      let rest: Uint8Array = Buffer.from(text)
      try {
        while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest))
      } catch (error) {
        const {code, message} = error as NodeJS.ErrnoException
        isClosed = code === 'EPIPE'
        isBusy = code === 'EAGAIN'
        if (isBusy) return open().write(rest)
        if (!isClosed) throw new FedctlError('FileFailure', `The output cannot be written: ${message}.`, {cause: error})
      }
      return !isClosed
    },
  }
}

function openStream(descriptor: 1 | 2, isTerminal: boolean): {write(text: string | Uint8Array): boolean} {
  const stream = descriptor === 1 ? process.stdout : process.stderr
  let isClosed = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    isClosed = true
  })
  return {
    write(text) {
      if (!isClosed) stream.write(isTerminal ? harmlessText(String(text)) : text)
      return !isClosed
    },
  }
}

function once<Value>(find: () => Value): () => Value {
  let found: {value: Value} | undefined
  return () => {
    found ??= {value: find()}
    return found.value
  }
}
