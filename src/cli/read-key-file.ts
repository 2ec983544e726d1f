import type {KeyObject} from 'node:crypto'
import {readSigningKey} from '../lib/certificates/read-signing-key.ts'
import {isReadableByOthers} from '../lib/files/is-readable-by-others.ts'
import {readSmallFile} from '../lib/files/read-small-file.ts'
import type {Context} from './context.ts'
import {keyPassphrase} from './flags/passphrase.ts'

/** A file with a private key, opened. */
export interface KeyFile {
  readonly content: Buffer
  readonly passphrase: string | undefined
  readonly privateKey: KeyObject
}

/** Reads a private key; the passphrase comes from its file, the environment, or a person. A file that others can read is warned of. */
export async function readKeyFile(
  context: Context,
  name: string,
  passphraseFile: string | undefined,
): Promise<KeyFile> {
  const content = await readSmallFile(name)
  const passphrase = await keyPassphrase(context, {path: name, content}, passphraseFile)
  const privateKey = await readSigningKey(content, {name, passphrase})
  if (isReadableByOthers(name, context.uid))
    context.warn(`Others can read ${name}: whoever has this key signs in as anybody. Protect it: chmod 600 ${name}`)
  return {content, passphrase, privateKey}
}
