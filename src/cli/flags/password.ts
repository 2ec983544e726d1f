import {readFileSync} from 'node:fs'
import * as Flags from '@oclif/core/flags'
import {generatePassword} from '../../lib/administration/generate-password.ts'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'

/** How a password comes in: never on the command line. */
export const passwordFlags = {
  'password-file': Flags.string({
    summary: 'File whose first line is the password; - is standard input.',
    helpValue: 'FILE',
  }),
}

/** The password from the file that was given, or one that is made up, which somebody has to be shown. */
export function givenOrMadeUp(
  file: string | undefined,
  randomBytes: (size: number) => Uint8Array,
): {readonly password: string; readonly isMadeUp: boolean} {
  if (file !== undefined) return {password: readPassword(file), isMadeUp: false}
  return {password: generatePassword(randomBytes), isMadeUp: true}
}

/** The first line of the file, or of standard input. */
export function readPassword(file: string, what = 'password'): string {
  const [line = ''] = textOf(file).split(/\r?\n/)
  if (line === '') throw new FedctlError('FileUnreadable', `${file} holds no ${what}: its first line is empty.`)
  return line
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    const {code} = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new FedctlError('FileMissing', `There is no file ${file}.`, {cause})
    throw new FedctlError(
      'FileUnreadable',
      `${file} cannot be read${code === 'EISDIR' ? ': it is a folder' : ` (${code})`}.`,
      {cause},
    )
  }
}
