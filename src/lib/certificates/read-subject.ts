import {bad, good, type Reading} from '../model/reading.ts'

/** One part of a certificate's name: its type as in RFC 4514 and RFC 5280, and its text. */
export interface NamePart {
  readonly type: keyof typeof longest
  readonly value: string
}

/** How many characters each part may have (RFC 5280, appendix A). */
const longest = {CN: 64, O: 64, OU: 64, L: 128, ST: 128, C: 2, DC: 63} as const

/**
 * Reads the name of a certificate's subject, the most specific part first (RFC 4514): `CN=Token Signing, O=Contoso`. A comma or backslash
 * that belongs to a value has a backslash before it. A text without `=` is the common name alone.
 */
export function readSubject(text: string): Reading<NamePart[]> {
  if (!text.includes('=')) return readSubject(`CN=${text.replaceAll(/[\\,]/g, '\\$&')}`)
  const matches = [...text.matchAll(/\s*([A-Za-z]+)\s*=((?:\\.|[^\\,])*)(?:,|$)/gy)]
  if (matches.map(([whole]) => whole).join('') !== text) return bad('it looks like CN=Token Signing, O=Contoso, C=DE')
  const parts: NamePart[] = []
  for (const [, type = '', value = ''] of matches) {
    const part = readPart(type.toUpperCase(), value)
    if (!part.ok) return part
    parts.push(part.value)
  }
  return good(parts)
}

function readPart(type: string, escaped: string): Reading<NamePart> {
  const value = escaped.replaceAll(/^\s+|(?<!\\)\s+$/g, '').replaceAll(/\\(.)/g, '$1')
  if (!isKnown(type)) return bad(`${type} is none of its parts: ${Object.keys(longest).join(', ')}`)
  if (value === '') return bad(`${type} has no value`)
  if (/\p{Cc}/u.test(value)) return bad(`${type} holds a control character`)
  if (value.length > longest[type])
    return bad(`${type} has ${value.length} characters, at most ${longest[type]} are allowed`)
  if (type === 'C' && !/^[A-Za-z]{2}$/.test(value)) return bad('C is a country code of two letters')
  if (type === 'DC' && !/^[\x20-\x7e]+$/.test(value)) return bad('DC holds other characters than ASCII')
  return good({type, value})
}

const isKnown = (type: string): type is NamePart['type'] => Object.hasOwn(longest, type)
