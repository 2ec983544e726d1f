import {FedctlError} from '../errors/fedctl-error.ts'

/** Markup that `xml` made: it is put into other markup as it is. */
export class Xml {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

/** What may stand in a template of XML. */
export type XmlValue = string | number | Xml | undefined | readonly XmlValue[]

/**
 * A template of XML: values stand escaped, in text and in attributes alike, unless they are `xml` themselves; lists are joined,
 * undefined writes nothing. Throws `ValueMalformed` for a character that XML 1.0 cannot hold (2.2).
 */
export function xml(parts: TemplateStringsArray, ...values: readonly XmlValue[]): Xml {
  return new Xml(parts.map((part, index) => part + write(values[index])).join(''))
}

function write(value: XmlValue): string {
  if (value === undefined) return ''
  if (value instanceof Xml) return value.markup
  if (typeof value === 'object') return value.map(write).join('')
  return escapeXml(String(value))
}

// Line ends and tabs as references too: a parser turns them into blanks inside an attribute; the ends of line of XML 1.1 and more because
// some parsers of XML 1.0 turn them into line feeds; the replacement character because bare it is the mark of a damaged document.
const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\u0085': '&#133;',
  '\u2028': '&#8232;',
  '\u2029': '&#8233;',
  '\uFFFD': '&#65533;',
}

function escapeXml(text: string): string {
  const wrong = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text)
  if (wrong !== null) {
    const code = wrong[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    throw new FedctlError('ValueMalformed', `A value has a character that XML cannot hold: U+${code}.`)
  }
  return text.replaceAll(/[&<>"'\t\n\r\u0085\u2028\u2029\uFFFD]/g, (character) => references[character] ?? character)
}
