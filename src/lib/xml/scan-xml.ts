import type {XmlLimits} from './xml-limits.ts'

/** Why a text is not even parsed; `words` follow "it ". */
export interface ScanProblem {
  readonly kind: 'size' | 'doctype' | 'instruction' | 'malformed'
  readonly words: string
}

const problem = (kind: ScanProblem['kind'], words: string): ScanProblem => ({kind, words})

/**
 * Looks through the text before any parser sees it: undefined, or why it is refused. Refused are a document type
 * definition (and with it every entity of one's own, every external fetch), processing instructions but the XML declaration, and what
 * is larger than the limits. One pass, no recursion; whether the text is well-formed is the parser's question, but where it is lenient.
 */
export function scanXml(text: string, limits: XmlLimits): ScanProblem | undefined {
  const bytes = Buffer.byteLength(text)
  if (bytes > limits.bytes) return problem('size', `has ${bytes} bytes, more than ${limits.bytes}`)
  let depth = 0
  let elements = 0
  let attributes = 0
  let asides = 0
  let from = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', from)) {
    if (isStray(text.slice(from, at))) return problem('malformed', 'has an & or a ]]> that must be escaped')
    const kind = kindAt(text, at)
    if (kind === 'doctype') return problem('doctype', 'has a document type definition (DOCTYPE), which is never read')
    if (kind === 'instruction') return problem('instruction', 'has a processing instruction, which is never read')
    if (kind === 'start') {
      const tag = scanTag(text, at)
      if (tag === undefined) return problem('malformed', 'ends inside a tag, or has one that is none')
      if (tag.attributes > limits.attributesPerElement) {
        return problem('size', `has an element with more than ${limits.attributesPerElement} attributes`)
      }
      elements += 1
      attributes += tag.attributes
      if (attributes > limits.attributes) return problem('size', `has more than ${limits.attributes} attributes`)
      if (elements > limits.elements) return problem('size', `has more than ${limits.elements} elements`)
      if (depth >= limits.depth) return problem('size', `is nested deeper than ${limits.depth} elements`)
      if (!tag.selfClosing) depth += 1
      from = tag.end
    } else {
      if (kind === 'end') depth -= 1
      else asides += 1
      if (asides > limits.elements) return problem('size', `has more than ${limits.elements} comments`)
      const {opener, closer} = brackets[kind]
      const end = text.indexOf(closer, at + opener.length)
      if (end < 0) return problem('malformed', 'ends inside a tag, a comment or a CDATA section')
      from = end + closer.length
    }
  }
  return undefined
}

const brackets = {
  end: {opener: '</', closer: '>'},
  comment: {opener: '<!--', closer: '-->'},
  cdata: {opener: '<![CDATA[', closer: ']]>'},
  declaration: {opener: '<?', closer: '?>'},
} as const

type Kind = keyof typeof brackets | 'start' | 'doctype' | 'instruction'

function kindAt(text: string, at: number): Kind {
  if (text.startsWith(brackets.end.opener, at)) return 'end'
  if (text.startsWith(brackets.comment.opener, at)) return 'comment'
  if (text.startsWith(brackets.cdata.opener, at)) return 'cdata'
  if (text.startsWith('<!', at)) return 'doctype'
  if (!text.startsWith('<?', at)) return 'start'
  return at === 0 && /^<\?xml\s/.test(text.slice(0, 6)) ? 'declaration' : 'instruction'
}

/** A start tag: where it ends and how many quoted values it has; a > inside a value does not end it. */
function scanTag(text: string, start: number): {end: number; attributes: number; selfClosing: boolean} | undefined {
  let attributes = 0
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]
    if (character === '>') return {end: at + 1, attributes, selfClosing: text[at - 1] === '/'}
    if (character === '/' && text[at + 1] !== '>') return undefined
    if (character === '"' || character === "'") {
      attributes += 1
      const end = text.indexOf(character, at + 1)
      if (end < 0 || isStray(text.slice(at, end).replaceAll(']]>', ''))) return undefined
      at = end
    }
  }
  return undefined
}

/** What the parser takes as it stands, although XML (2.4) does not: text with ]]> or with an & that begins no reference. */
const isStray = (text: string): boolean => /\]\]>|&(?!(?:[a-z]+|#[0-9]+|#x[0-9A-Fa-f]+);)/.test(text)
