import {type Guid, guidFromBytes, guidToBytes, readGuid} from './guid.ts'
import {bad, good, type Reading} from './reading.ts'

/** The ways an immutable id of 16 bytes is written. */
export const immutableIdForms = ['base64', 'guid', 'hex', 'ldap'] as const
export type ImmutableIdForm = (typeof immutableIdForms)[number]

/** One immutable id in every form. */
export interface ImmutableIdReading {
  readonly immutableId: string
  readonly guid: Guid
  /** As attribute editors show it: 16 pairs, upper case, blanks between. */
  readonly hexBytes: string
  /** As an LDAP search filter wants it (RFC 4515). */
  readonly ldapFilter: string
  readonly readAs: ImmutableIdForm
}

/** All forms of 16 bytes in .NET's GUID order, which is the order of objectGUID in a directory. */
export function inAllForms(bytes: Uint8Array, readAs: ImmutableIdForm): ImmutableIdReading {
  const pairs = Buffer.from(bytes).toString('hex').match(/../g) ?? []
  return {
    immutableId: Buffer.from(bytes).toString('base64'),
    guid: guidFromBytes(bytes),
    hexBytes: pairs.join(' ').toUpperCase(),
    ldapFilter: `(objectGUID=${pairs.map((pair) => `\\${pair}`).join('')})`,
    readAs,
  }
}

/**
 * Reads an immutable id from any form. 32 bare hex digits can be raw bytes or the text of a GUID: both readings are given, raw bytes
 * first, unless `from` decides.
 */
export function readImmutableId(text: string, from?: ImmutableIdForm): Reading<readonly ImmutableIdReading[]> {
  const plain = text.trim()
  const forms = from === undefined ? (['ldap', 'guid', 'hex', 'base64'] as const) : [from]
  const problems: string[] = []
  for (const form of forms) {
    // Bare digits are the text of a GUID only for who says so.
    const bytes = readers[form](from === 'guid' && isBare(plain) ? dashed(plain) : plain)
    if (typeof bytes !== 'string') return good(readings(bytes, {form, isCertain: from !== undefined, text: plain}))
    problems.push(bytes)
  }
  return bad(
    from === undefined
      ? `it is neither a GUID, nor base64 of 16 bytes, nor 16 hex bytes, nor an LDAP filter`
      : problems.join('; '),
  )
}

function readings(
  bytes: Uint8Array,
  {form, isCertain, text}: {form: ImmutableIdForm; isCertain: boolean; text: string},
): readonly ImmutableIdReading[] {
  const reading = inAllForms(bytes, form)
  if (isCertain || form !== 'hex' || !isBare(text)) return [reading]
  return [reading, inAllForms(guidToBytes(dashed(text)), 'guid')]
}

const isBare = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text)

const dashed = (hex: string): Guid =>
  hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Guid

const readers: Record<ImmutableIdForm, (text: string) => Uint8Array | string> = {
  guid(text) {
    const guid = readGuid(text)
    return guid.ok ? guidToBytes(guid.value) : guid.problem
  },
  base64(text) {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0)
      return 'base64 of 16 bytes has 24 characters and ends with =='
    const bytes = Buffer.from(text, 'base64')
    if (bytes.toString('base64') !== text)
      return 'its last character before == is not one that base64 of 16 bytes can end with'
    return bytes.length === 16 ? bytes : `it decodes to ${bytes.length} bytes, not 16`
  },
  hex(text) {
    const digits = text.replace(/^0x/i, '').replaceAll(/[\s:,-]+/g, '')
    return /^[0-9a-f]{32}$/i.test(digits) ? Buffer.from(digits, 'hex') : 'it has not 16 pairs of hex digits'
  },
  ldap(text) {
    const match = /^\(?(?:[A-Za-z][A-Za-z0-9-]*=)?((?:\\[0-9a-f]{2}){16})\)?$/i.exec(text)
    return match?.[1] === undefined
      ? 'an LDAP filter looks like (objectGUID=\\94\\78…), 16 bytes'
      : Buffer.from(match[1].replaceAll('\\', ''), 'hex')
  },
}
