import {readSmallFile} from '../files/read-small-file.ts'
import {readCertificates} from './read-certificates.ts'
import type {SigningCertificate} from './signing-certificate.ts'

/** The certificates of a file in any form readCertificates knows. Fails as readSmallFile and readCertificates do, naming the path. */
export async function readCertificateFile(path: string, passphrase?: string): Promise<SigningCertificate[]> {
  return readCertificates(await readSmallFile(path), {name: path, passphrase})
}
