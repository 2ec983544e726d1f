import {X509Certificate} from 'node:crypto'
import {readFileSync, renameSync, writeFileSync} from 'node:fs'
import {isIP} from 'node:net'
import {FedctlError} from '../errors/fedctl-error.ts'
import {exclusively} from '../files/exclusively.ts'
import {refuseExposed} from '../files/refuse-exposed.ts'
import type {CertificateRequest} from './create-self-signed.ts'
import {createServerCertificate} from './create-server-certificate.ts'
import {readServerIdentity} from './read-server-identity.ts'
import type {ServerIdentity} from './server-identity.ts'
import {writePem} from './write-pem.ts'

/** Where a server keeps a certificate of its own, and what for. */
export interface KeptCertificate extends Pick<CertificateRequest, 'generateKey'> {
  /** Path without ending: `.key` is the key and the certificate (0600), `.pem` the certificate alone, for those who are to trust it. */
  readonly base: string
  /** DNS names and IP addresses, IPv6 without brackets. */
  readonly names: readonly string[]
  /** The user this process runs as; undefined on Windows. */
  readonly uid: number | undefined
  readonly now: Date
  readonly randomBytes: (size: number) => Uint8Array
}

const day = 24 * 60 * 60 * 1000
const [validDays, renewedDays] = [365, 30]
const clockDifference = 10 * 60 * 1000

/**
 * The certificate that a server made for itself: the kept one while it is for all of the names and ends in more than 30 days, else a new
 * one for a year. Fails with FileUnsafe when others can reach the key, with KeyUnreadable or CertificateUnreadable when the file is
 * damaged, with FileFailure when it cannot be written.
 */
export async function keepServerCertificate(wanted: KeptCertificate): Promise<ServerIdentity> {
  const {base, uid, now} = wanted
  const [file, open] = [`${base}.key`, `${base}.pem`]
  refuseExposed({path: file, what: 'The key', uid})
  const before = textOf(file)
  if (before !== undefined) {
    const kept = await readServerIdentity({certificate: file, key: file})
    if (isStillGood(kept, wanted)) {
      if (textOf(open) !== kept.certificates) replace(open, kept.certificates, 0o644)
      return {...kept, file: open}
    }
  }
  const made = await createServerCertificate({
    subject: 'CN=fedctl directory',
    keySize: 2048,
    notBefore: new Date(now.getTime() - clockDifference),
    notAfter: new Date(now.getTime() + validDays * day),
    serialNumber: wanted.randomBytes(16),
    generateKey: wanted.generateKey,
    names: wanted.names,
  })
  const certificate = writePem('CERTIFICATE', made.certificate.der)
  const key = made.privateKey.export({format: 'pem', type: 'pkcs8'}).toString()
  const isWritten = await exclusively(`${base}.lock`, () => {
    // Another server may have been faster: then its certificate counts.
    if (textOf(file) !== before) return false
    replace(file, key + certificate, 0o600)
    replace(open, certificate, 0o644)
    return true
  })
  return isWritten
    ? {certificates: certificate, key, certificate: made.certificate, file: open}
    : keepServerCertificate(wanted)
}

function isStillGood({certificate}: ServerIdentity, {names, now}: KeptCertificate): boolean {
  const x509 = new X509Certificate(certificate.der)
  const isFor = (name: string): boolean => (isIP(name) === 0 ? x509.checkHost(name) : x509.checkIP(name)) !== undefined
  return certificate.notAfter.getTime() - now.getTime() > renewedDays * day && names.every(isFor)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw failure(path, 'read', error)
  }
}

/** Under another name first: a certificate is never seen half written. */
function replace(path: string, text: string, mode: number): void {
  try {
    writeFileSync(`${path}.new`, text, {mode, flush: true})
    renameSync(`${path}.new`, path)
  } catch (error) {
    throw failure(path, 'written', error)
  }
}

const failure = (path: string, what: string, cause: unknown): FedctlError =>
  new FedctlError('FileFailure', `${path} cannot be ${what}: ${(cause as Error).message}`, {cause})
