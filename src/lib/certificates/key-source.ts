import {FedctlError} from '../errors/fedctl-error.ts'

/** What a certificate or key is read from. */
export interface KeySource {
  /** How messages name it: a path, or the flag a value came by. */
  readonly name: string
  /** Opens a PFX or an encrypted private key. */
  readonly passphrase?: string | undefined
}

/** KeyUnreadable: the source needs a passphrase and has none, or the wrong one. */
export function passphraseRefused({name, passphrase}: KeySource, cause?: unknown): FedctlError {
  if (passphrase !== undefined)
    return new FedctlError('KeyUnreadable', `${name} cannot be opened: wrong passphrase.`, {
      hints: ['Of a passphrase file the first line counts.'],
      cause,
    })
  return new FedctlError('KeyUnreadable', `${name} is protected by a passphrase, and none was given.`, {
    hints: ['Give it with --passphrase-file FILE or in the environment variable FEDCTL_PASSPHRASE.'],
    cause,
  })
}
