import {readCertificates} from '../lib/certificates/read-certificates.ts'
import type {SigningCertificate} from '../lib/certificates/signing-certificate.ts'
import {readSmallFile} from '../lib/files/read-small-file.ts'
import type {Context} from './context.ts'
import {openingPassphrase} from './flags/passphrase.ts'

/** The certificates of files in any form, in their order; a PFX is opened by the passphrase that is given or asked for. */
export async function* listFileCertificates(
  context: Context,
  files: readonly string[],
  passphraseFile: string | undefined,
): AsyncIterable<{readonly file: string; readonly certificate: SigningCertificate}> {
  for (const file of files) {
    const content = await readSmallFile(file)
    const passphrase = await openingPassphrase(context, {path: file, content}, passphraseFile)
    for (const certificate of await readCertificates(content, {name: file, passphrase})) yield {file, certificate}
  }
}
