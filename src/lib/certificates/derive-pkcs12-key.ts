import {hash} from 'node:crypto'

/** The hashes of PKCS #12's own derivation, with the size of their blocks and results in bytes. */
export const pkcs12Hashes = {
  sha1: {block: 64, result: 20},
  sha256: {block: 64, result: 32},
  sha384: {block: 128, result: 48},
  sha512: {block: 128, result: 64},
} as const
/** One of these hashes, as node:crypto names it. */
export type Pkcs12Hash = keyof typeof pkcs12Hashes

/** What the derived bytes are for (RFC 7292, B.3). */
const purposes = {encryption: 1, initializationVector: 2, integrity: 3} as const

/** How key bytes are derived, and how many. */
export interface Pkcs12Derivation {
  readonly hash: Pkcs12Hash
  readonly purpose: keyof typeof purposes
  readonly salt: Uint8Array
  readonly iterations: number
  /** In bytes. */
  readonly size: number
}

/** Derives key bytes from a passphrase as RFC 7292, appendix B.2, which files before PBKDF2 need, and every PFX for its integrity. */
export function derivePkcs12Key(passphrase: string, derivation: Pkcs12Derivation): Buffer {
  const {block, result} = pkcs12Hashes[derivation.hash]
  const diversifier = Buffer.alloc(block, purposes[derivation.purpose])
  let input = Buffer.concat([fill(derivation.salt, block), fill(toBmpBytes(passphrase), block)])
  const derived: Buffer[] = []
  for (let size = 0; size < derivation.size; size += result) {
    let digest = hash(derivation.hash, Buffer.concat([diversifier, input]), 'buffer')
    for (let round = 1; round < derivation.iterations; round++) digest = hash(derivation.hash, digest, 'buffer')
    derived.push(digest)
    input = addToEachBlock(input, fill(digest, block).subarray(0, block))
  }
  return Buffer.concat(derived).subarray(0, derivation.size)
}

/** The bytes over and over until they fill a whole number of blocks. */
const fill = (bytes: Uint8Array, block: number): Buffer => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)

/** UTF-16, the high byte first, with a final zero (B.1). */
const toBmpBytes = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le').swap16()

function addToEachBlock(input: Buffer, addend: Buffer): Buffer<ArrayBuffer> {
  const size = addend.length
  const blocks = Array.from({length: input.length / size}, (_, index) =>
    input.subarray(index * size, (index + 1) * size),
  )
  return Buffer.concat(blocks.map((block) => toBytes(toNumber(block) + toNumber(addend) + 1n, size)))
}

const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)
const toBytes = (value: bigint, size: number): Buffer =>
  Buffer.from(
    value
      .toString(16)
      .padStart(size * 2, '0')
      .slice(-size * 2),
    'hex',
  )
