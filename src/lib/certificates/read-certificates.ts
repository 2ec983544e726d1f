import {FedctlError} from '../errors/fedctl-error.ts'
import {bad, good, type Reading} from '../model/reading.ts'
import type {KeySource} from './key-source.ts'
import {type Block, type BlockKind, readBlocks} from './read-blocks.ts'
import {findCertificate, type SigningCertificate} from './signing-certificate.ts'

/**
 * Reads the certificates of a file or value in any form: PEM (one or several), DER, base64 with or without line breaks, PFX; at least one.
 * Fails with CertificateUnreadable, which says what was found instead, and for a PFX with KeyUnreadable when the passphrase is missing or wrong.
 */
export async function readCertificates(content: Uint8Array | string, source: KeySource): Promise<SigningCertificate[]> {
  const blocks = readBlocks(content)
  const pfx = blocks.find(({kind}) => kind === 'PFX')
  if (pfx !== undefined) {
    const {readPfx} = await import('./read-pfx.ts')
    return readPfx(pfx.der, source).certificates
  }
  const reading = certificatesOf(blocks, content.length)
  if (!reading.ok) throw certificateUnreadable(`${source.name} ${reading.problem}.`, blocks)
  return reading.value
}

/** Reads the one certificate of a setting: base64 of its DER as Graph and metadata hold it, or PEM. */
export function readCertificate(text: string): Reading<SigningCertificate> {
  const reading = certificatesOf(readBlocks(text), text.trim().length)
  if (!reading.ok) return bad(`it ${reading.problem}`)
  const [certificate, second] = reading.value
  if (certificate === undefined || second !== undefined)
    return bad(`it holds ${reading.value.length} certificates, not one`)
  return good(certificate)
}

/** Certificates among other blocks (a key and its certificate in one file) are taken; one that is damaged spoils all. */
function certificatesOf(blocks: readonly Block[], size: number): Reading<SigningCertificate[]> {
  if (size === 0) return bad('is empty')
  const marked = blocks.filter(({kind}) => kind === 'certificate')
  const certificates = marked.map(({der}) => findCertificate(der)).filter((found) => found !== undefined)
  if (certificates.length < marked.length) return bad('holds a certificate that is damaged or cut short')
  if (certificates.length > 0) return good(certificates)
  const other = blocks.find(({kind}) => kind !== 'unknown')
  return bad(
    other === undefined
      ? 'holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX'
      : `holds a ${other.kind}, not a certificate`,
  )
}

const notTheKey =
  'Give the certificate that belongs to the key (.cer, .crt, or PEM with BEGIN CERTIFICATE). A private key is never sent to a directory.'

const hints: Partial<Record<BlockKind, string>> = {
  'private key': notTheKey,
  'passphrase-protected private key': notTheKey,
  'certificate request': 'Give the certificate that was issued for the request.',
  'public key': 'Give the certificate that carries the key.',
  'PKCS #7 bundle':
    'Take the certificates out first: openssl pkcs7 -print_certs -in FILE -out certificates.pem (DER: -inform der).',
}

function certificateUnreadable(message: string, blocks: readonly Block[]): FedctlError {
  const hint = blocks.map(({kind}) => hints[kind]).find((text) => text !== undefined)
  return new FedctlError('CertificateUnreadable', message, {
    hints: [hint ?? 'Export the certificate again, as DER (.cer) or base64.'],
  })
}
