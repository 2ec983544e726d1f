import {open} from 'node:fs/promises'
import {FedctlError} from '../errors/fedctl-error.ts'

const mebibyte = 1024 * 1024

/**
 * The bytes of a file of at most so many MiB: one, which certificates and keys never reach, where nothing is said; also from a pipe.
 * Fails with FileMissing, or with FileUnreadable for a directory, a file that is not permitted, or one that is too large.
 */
export async function readSmallFile(path: string, mebibytes = 1): Promise<Buffer> {
  const largest = mebibytes * mebibyte
  const chunks: Buffer[] = []
  let size = 0
  try {
    await using file = await open(path)
    for await (const chunk of file.createReadStream({autoClose: false})) {
      chunks.push(chunk)
      size += chunk.length
      if (size > largest) break
    }
  } catch (cause) {
    throw toFileError(path, cause)
  }
  if (size > largest)
    throw new FedctlError('FileUnreadable', `${path} is too large: a file of its kind has less than ${mebibytes} MiB.`)
  return Buffer.concat(chunks)
}

function toFileError(path: string, cause: unknown): FedctlError {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new FedctlError('FileMissing', `${path} does not exist.`, {cause})
    case 'EISDIR':
      return new FedctlError('FileUnreadable', `${path} is a directory, not a file.`, {cause})
    case 'EACCES':
    case 'EPERM':
      return new FedctlError('FileUnreadable', `${path} cannot be read: you have no permission.`, {cause})
    default:
      return new FedctlError('FileUnreadable', `${path} cannot be read: ${(cause as Error).message}`, {cause})
  }
}
