import {keyMatches} from '../lib/certificates/key-matches.ts'
import {hasCertificates} from '../lib/certificates/read-blocks.ts'
import {readCertificateFile} from '../lib/certificates/read-certificate-file.ts'
import {readCertificates} from '../lib/certificates/read-certificates.ts'
import type {SigningCertificate} from '../lib/certificates/signing-certificate.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {TokenSigner} from '../lib/saml/sign-token.ts'
import type {Context} from './context.ts'
import {readKeyFile} from './read-key-file.ts'

/** Where a person says that key and certificate are. */
export interface SignerFiles {
  readonly signingKey: string
  readonly signingCertificate?: string | undefined
  readonly passphraseFile?: string | undefined
}

/** A domain whose users the token is for; none when its issuer is just given. */
export interface SignerTrust {
  readonly domain: string
  readonly certificates: readonly SigningCertificate[]
}

/** Key and certificate from files. What cannot be believed is warned of, not refused: such tokens are needed to see them refused. */
export async function readTokenSigner(
  context: Context,
  files: SignerFiles,
  trust: SignerTrust | undefined,
): Promise<TokenSigner> {
  const {signingKey: name, signingCertificate, passphraseFile} = files
  const {content, passphrase, privateKey} = await readKeyFile(context, name, passphraseFile)
  const isItsOwn = (one: SigningCertificate): boolean => keyMatches(privateKey, one)
  const beside = hasCertificates(content) ? await readCertificates(content, {name, passphrase}) : []
  const given = signingCertificate === undefined ? beside : await readCertificateFile(signingCertificate, passphrase)
  const certificate = given.find(isItsOwn) ?? given[0] ?? trust?.certificates.find(isItsOwn)
  if (certificate === undefined)
    throw new FedctlError('CertificateUnreadable', `${name} holds a key without its certificate.`, {
      hints: ['Give the certificate with --signing-certificate FILE.'],
    })
  if (!isItsOwn(certificate))
    context.warn(`The key is not that of the certificate "${certificate.subject}": nobody will accept the token.`)
  if (trust !== undefined && !trust.certificates.some(({sha256}) => sha256 === certificate.sha256))
    context.warn(`"${certificate.subject}" is no certificate of ${trust.domain}: the directory will refuse the token.`)
  return {privateKey, certificate: certificate.der, newId: context.newId}
}
