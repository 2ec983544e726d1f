import {DOMParser, type Element} from '@xmldom/xmldom'
import {bad, good, type Reading} from '../model/reading.ts'
import {scanXml} from './scan-xml.ts'
import type {XmlLimits} from './xml-limits.ts'

/** An element of a parsed document. It is what the text says, not more: nothing in it has been verified. */
export type XmlElement = Element

// XML 1.0, 2.11. The parser's own takes the line ends of XML 1.1 (U+0085, U+2028) for line feeds, too: a signed value would be changed.
const normalizeLineEndings = (text: string): string => text.replaceAll(/\r\n?/g, '\n')

/**
 * The root element of a well-formed document (XML 1.0, a byte order mark allowed) inside the limits; else what is wrong with it. No
 * document type definition, no entity but the five and numeric ones, no processing instruction.
 */
export function parseXml(text: string, limits: XmlLimits): Reading<XmlElement> {
  const plain = text.replace(/^\uFEFF/, '')
  const refused = scanXml(plain, limits)
  if (refused !== undefined) return bad(`it ${refused.words}`)
  let problem: string | undefined
  // The parser repairs what it only warns of; here nothing is repaired.
  const onError = (_level: string, message: string): never => {
    problem ??= message
    throw new Error(message)
  }
  try {
    const root = new DOMParser({onError, locator: false, normalizeLineEndings}).parseFromString(
      plain,
      'text/xml',
    ).documentElement
    return root === null ? bad('it has no element') : good(root)
  } catch (error) {
    const words = problem ?? (error as Error).message
    return bad(`it is not well-formed XML: ${words.replaceAll(/\s+/g, ' ').slice(0, 200)}`)
  }
}
