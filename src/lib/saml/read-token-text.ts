import {hasIllegalCharacter} from '../xml/has-illegal-character.ts'
import {parseXml, type XmlElement} from '../xml/parse-xml.ts'
import {scanXml} from '../xml/scan-xml.ts'
import {tokenLimits} from '../xml/xml-limits.ts'
import type {TokenProblemCode} from './token-problems.ts'

const codes = {
  size: 'TokenTooLarge',
  doctype: 'DoctypePresent',
  instruction: 'InstructionPresent',
  malformed: 'NotXml',
} as const satisfies Record<string, TokenProblemCode>

/** The root of a token's text, or by which check and why it is not read. */
export type TokenText =
  | {readonly ok: true; readonly root: XmlElement}
  | {readonly ok: false; readonly problem: TokenProblemCode; readonly reason: string}

/**
 * Reads a token's text: one document inside the limits, in UTF-8, that begins with its root. What is larger or has a document type
 * definition is refused before any parser sees it.
 */
export function readTokenText(text: string): TokenText {
  const refused = (problem: TokenProblemCode, reason: string): TokenText => ({ok: false, problem, reason})
  const scanned = scanXml(text.replace(/^\uFEFF/, ''), tokenLimits)
  if (scanned !== undefined) return refused(codes[scanned.kind], `it ${scanned.words}`)
  // Version 1.0 and UTF-8 are what is read; then nothing but white space, not even a comment.
  const begins =
    /^\uFEFF?(<\?xml\s+version\s*=\s*["']1\.0["'](\s+encoding\s*=\s*["']utf-8["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*\?>)?\s*<[^!?]/i
  if (!begins.test(text)) return refused('NotXml', 'it does not begin with its root element')
  if (hasIllegalCharacter(text)) return refused('NotXml', 'it has a character that XML cannot hold')
  const root = parseXml(text, tokenLimits)
  // The words of a parser may repeat what stands in the token.
  return root.ok ? {ok: true, root: root.value} : refused('NotXml', 'it is not well-formed XML')
}
