import {FedctlError} from '../errors/fedctl-error.ts'
import {readSmallFile} from '../files/read-small-file.ts'
import {keyMatches} from './key-matches.ts'
import {readCertificateFile} from './read-certificate-file.ts'
import {readSigningKey} from './read-signing-key.ts'
import type {ServerIdentity} from './server-identity.ts'
import {writePem} from './write-pem.ts'

/** Where somebody else's certificate and its key are. */
export interface ServerIdentityFiles {
  readonly certificate: string
  readonly key: string
  /** Opens a key that is protected. */
  readonly passphrase?: string | undefined
}

/**
 * Reads a server's certificates and its key from files. Fails as readSmallFile, readCertificates and readSigningKey do, each naming the
 * file, and with KeyUnreadable when the key is not the one of the first certificate.
 */
export async function readServerIdentity({
  certificate: file,
  key,
  passphrase,
}: ServerIdentityFiles): Promise<ServerIdentity> {
  const certificates = await readCertificateFile(file, passphrase)
  const privateKey = await readSigningKey(await readSmallFile(key), {name: key, passphrase})
  const [certificate] = certificates
  if (certificate === undefined || !keyMatches(privateKey, certificate))
    throw new FedctlError('KeyUnreadable', `${key} is not the key of the first certificate in ${file}.`, {
      hints: ['The certificate of the server itself comes first, those of its authorities after it.'],
    })
  return {
    certificates: certificates.map(({der}) => writePem('CERTIFICATE', der)).join(''),
    key: privateKey.export({format: 'pem', type: 'pkcs8'}).toString(),
    certificate,
    file,
  }
}
