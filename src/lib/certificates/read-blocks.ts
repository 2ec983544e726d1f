/** One binary object of a file or value, with what it seems to be. */
export interface Block {
  readonly der: Buffer
  readonly kind: BlockKind
  /** The text it was read from, when that was PEM. */
  readonly pem?: string
}

/** `unknown` is binary that looks like none of the others. */
export type BlockKind =
  | 'certificate'
  | 'private key'
  | 'passphrase-protected private key'
  | 'public key'
  | 'certificate request'
  | 'PKCS #7 bundle'
  | 'PFX'
  | 'unknown'

/**
 * The binary objects of `content`: every block of PEM (RFC 7468, with any text around), or the one object of DER or of base64 with or
 * without line breaks; UTF-16 as PowerShell writes it is read as well. Empty when it is none of these.
 */
export function readBlocks(content: Uint8Array | string): Block[] {
  const bytes = Buffer.from(content)
  if (bytes[0] === sequenceTag) return [{der: bytes, kind: kindOfDer(bytes)}]
  const text = typeof content === 'string' ? content : decodeText(bytes)
  if (text.includes('-----BEGIN ')) return readPem(text)
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return []
  const der = Buffer.from(text, 'base64')
  return der[0] === sequenceTag ? [{der, kind: kindOfDer(der)}] : []
}

/** Whether it is a PFX, so that even its certificates need a passphrase. */
export const isPfx = (content: Uint8Array | string): boolean => readBlocks(content).some(({kind}) => kind === 'PFX')

/** Whether a private key in it can be had by a passphrase alone. */
export const isLocked = (content: Uint8Array | string): boolean =>
  readBlocks(content).some(({kind}) => kind === 'PFX' || kind === 'passphrase-protected private key')

/** Whether certificates can be expected in it. */
export const hasCertificates = (content: Uint8Array | string): boolean =>
  readBlocks(content).some(({kind}) => kind === 'PFX' || kind === 'certificate')

const sequenceTag = 0x30

function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

function readPem(text: string): Block[] {
  // Split first: one expression over the whole text would take quadratic time on many beginnings without an end.
  return text
    .split('-----BEGIN ')
    .slice(1)
    .map((part) => {
      const label = part.slice(0, part.indexOf('-----'))
      const end = `-----END ${label}-----`
      const until = part.indexOf(end)
      const body = part.slice(label.length + 5, Math.max(until, 0))
      return {
        der: Buffer.from(body, 'base64'),
        kind: kindOfPem(label, body),
        pem: `-----BEGIN ${part.slice(0, until + end.length)}`,
      }
    })
}

function kindOfPem(label: string, body: string): BlockKind {
  if (label.startsWith('ENCRYPTED') || body.includes('Proc-Type: 4,ENCRYPTED'))
    return 'passphrase-protected private key'
  if (label.endsWith('PRIVATE KEY')) return 'private key'
  if (label.endsWith('PUBLIC KEY')) return 'public key'
  if (label.endsWith('CERTIFICATE REQUEST')) return 'certificate request'
  if (label === 'PKCS7' || label === 'CMS') return 'PKCS #7 bundle'
  return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' ? 'certificate' : 'unknown'
}

// As many length bytes as the first one says, exactly: else a length byte is taken for the content behind it.
const header = '30(?:[0-7].|81.{2}|82.{4}|83.{6}|84.{8})'

/** How the content of each kind's outer SEQUENCE begins, in hex; the first that fits decides. */
const beginnings: readonly (readonly [RegExp, BlockKind])[] = [
  [/^02010330/, 'PFX'], // version 3 (RFC 7292)
  [/^020100(?:30|02)|^02010104/, 'private key'], // PKCS #8 (RFC 5208), PKCS #1 (RFC 8017), SEC 1 (RFC 5915)
  [/^06092a864886f70d0107/, 'PKCS #7 bundle'],
  [new RegExp(`^${header}06(?:092a864886f70d0105|0a2a864886f70d010c01)`), 'passphrase-protected private key'], // PKCS #8
  [new RegExp(`^${header}06|^028[12]`), 'public key'],
  [new RegExp(`^${header}020100`), 'certificate request'], // RFC 2986
  [new RegExp(`^${header}(?:a0|02)`), 'certificate'],
]

function kindOfDer(der: Buffer): BlockKind {
  const length = der[1] ?? 0
  const content = der.subarray(length > 0x80 ? 2 + (length & 0x7f) : 2)
  const beginning = content.toString('hex', 0, 24)
  return beginnings.find(([form]) => form.test(beginning))?.[1] ?? 'unknown'
}
