import * as Flags from '@oclif/core/flags'
import {isLocked, isPfx} from '../../lib/certificates/read-blocks.ts'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import type {Context} from '../context.ts'
import {readPassword} from './password.ts'

/** How the passphrase of a private key comes in: never on the command line. */
export const passphraseFlags = {
  'passphrase-file': Flags.string({
    summary:
      'File whose first line is the passphrase of the private key (also FEDCTL_PASSPHRASE); - is standard input.',
    helpValue: 'FILE',
  }),
}

/** The passphrase from the file or the environment; undefined when neither gives one. */
export function givenPassphrase({environment}: Context, file: string | undefined): string | undefined {
  const value = file === undefined ? environment['FEDCTL_PASSPHRASE'] : readPassword(file, 'passphrase')
  return value === '' ? undefined : value
}

/** A passphrase for a new private key: given, or asked for twice. */
export async function newPassphrase(context: Context, file: string | undefined): Promise<string> {
  const given = givenPassphrase(context, file)
  if (given !== undefined) return given
  const {isInteractive, prompts} = context.terminal
  if (!isInteractive)
    throw new FedctlError('AnswerNeeded', 'The private key needs a passphrase, and there is no terminal to ask on.', {
      hints: ['Give it with --passphrase-file FILE or in FEDCTL_PASSPHRASE; --unprotected-key leaves the key open.'],
    })
  const passphrase = await prompts.password('Passphrase for the private key')
  if (passphrase === '') throw new FedctlError('ValueMalformed', 'The passphrase is empty.')
  if ((await prompts.password('The same passphrase again')) !== passphrase)
    throw new FedctlError('ValueMalformed', 'The two passphrases are not the same.')
  return passphrase
}

/** A file that may need a passphrase. */
interface LockedFile {
  readonly path: string
  readonly content: Uint8Array
}

/** The passphrase that opens the certificates of a file: given, or asked for when the file is a PFX and somebody is there to answer. */
export const openingPassphrase = (
  context: Context,
  file: LockedFile,
  passphraseFile: string | undefined,
): Promise<string | undefined> => givenOrAsked(context, passphraseFile, isPfx(file.content) ? file.path : undefined)

/** The passphrase that opens the private key of a file: given, or asked for when the key is protected and somebody is there to answer. */
export const keyPassphrase = (
  context: Context,
  file: LockedFile,
  passphraseFile: string | undefined,
): Promise<string | undefined> => givenOrAsked(context, passphraseFile, isLocked(file.content) ? file.path : undefined)

async function givenOrAsked(
  context: Context,
  passphraseFile: string | undefined,
  locked: string | undefined,
): Promise<string | undefined> {
  const given = givenPassphrase(context, passphraseFile)
  if (given !== undefined || locked === undefined || !context.terminal.isInteractive) return given
  return context.terminal.prompts.password(`Passphrase of ${locked}`)
}
