import {bad, good, type Reading} from './reading.ts'

/** A GUID in its usual text form, lower case. */
export type Guid = string & {readonly guid: unique symbol}

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads a GUID in any case, with or without braces. */
export function readGuid(text: string): Reading<Guid> {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1')
  return form.test(plain) ? good(plain as Guid) : bad('a GUID looks like ac7f7894-fc42-4adf-bafe-64ad0e70f8bb')
}

/** The 16 bytes as .NET's Guid.ToByteArray() gives them: the first three fields little-endian. */
export function guidToBytes(guid: Guid): Uint8Array {
  return reorder(Buffer.from(guid.replaceAll('-', ''), 'hex'))
}

/** The GUID of 16 bytes in .NET's order, the inverse of guidToBytes. */
export function guidFromBytes(bytes: Uint8Array): Guid {
  const hex = Buffer.from(reorder(bytes)).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Guid
}

const byteOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
const reorder = (bytes: Uint8Array): Uint8Array => Uint8Array.from(byteOrder, (index) => bytes[index] ?? 0)
