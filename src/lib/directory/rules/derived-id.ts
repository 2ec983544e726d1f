import {createHash} from 'node:crypto'

/** An id that is always the same for the same names (RFC 9562, 5.8, of SHA-256), for what was not made by anybody. */
export function derivedId(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
