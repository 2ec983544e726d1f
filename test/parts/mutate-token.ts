/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const words = [
  '<!---->',
  '<![CDATA[x]]>',
  '<?x?>',
  '&amp;',
  '&#46;',
  '&#x0;',
  '&e;',
  '<x/>',
  '<x>',
  '</x>',
  '\u0000',
  '\u00A0',
  '\u202E',
  '"',
  "'",
  '<',
  '>',
  '&',
  ' ',
  '\n',
  'admin@',
  '<!DOCTYPE x>',
  ' xmlns="urn:x"',
  ' xmlns:saml="urn:x"',
  ' ID="_assertion1"',
  ' xml:id="_assertion1"',
  '#',
  '=',
  'AAAA',
  ' xmlns:v="1"',
  '<Assertion/>',
  '2999-01-01T00:00:00Z',
  'http://www.w3.org/2000/09/xmldsig#',
] as const

interface Piece {
  readonly start: number
  readonly end: number
}

/** The elements of a text, from their tags, as far as they match. */
function elementsOf(text: string): Piece[] {
  const open: {name: string; start: number}[] = []
  const found: Piece[] = []
  for (const match of text.matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    const [all, closes, name = '', empty] = match
    if (empty === '/') found.push({start: match.index, end: match.index + all.length})
    else if (closes === '') open.push({name, start: match.index})
    else {
      const start = open.pop()?.start
      if (start !== undefined) found.push({start, end: match.index + all.length})
    }
  }
  return found
}

/** One to three changes of a good token, as somebody makes them who knows how it is built. */
export function mutateToken(good: string, random: () => number): string {
  let text = good
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) text = mutateOnce(text, random)
  return text
}

function mutateOnce(text: string, random: () => number): string {
  const below = (most: number): number => Math.floor(random() * most)
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)]
  const elements = elementsOf(text)
  const [one, other] = [pick(elements), pick(elements)]
  if (one === undefined || other === undefined) return text
  const markup = text.slice(one.start, one.end)
  const insertAt = (at: number, what: string): string => text.slice(0, at) + what + text.slice(at)
  const forged = markup.replaceAll(/grace@/g, 'admin@').replaceAll('_assertion1', '_evil')
  const inside = text.indexOf('>', other.start) + 1
  const moves: readonly (() => string)[] = [
    () => text.slice(0, one.start) + text.slice(one.end),
    () => insertAt(other.start, markup),
    () => insertAt(other.end, forged),
    () => insertAt(inside, forged),
    () => text.slice(0, one.start) + forged + text.slice(one.end),
    () => text.slice(0, one.start) + text.slice(other.start, other.end) + text.slice(one.end),
    () => insertAt(inside, pick(words) ?? ''),
    () => insertAt(inside - 1, pick(words) ?? ''),
    () => swapAttribute(text, random, pick(words) ?? ''),
    () => (below(4) > 0 ? insertAt(below(text.length), pick(words) ?? '') : text.slice(0, below(text.length))),
    () => replaceAt(text, below(text.length), String.fromCharCode(below(128))),
    () => text.replaceAll('grace@', 'admin@'),
    () => insertAt(one.start, `<w xmlns="urn:w">${markup}</w>`),
    () =>
      text.replace(
        /(\s)(ID|AssertionID|Id)=/,
        (_all, blank, name) =>
          `${blank}${pick(['ID', 'Id', 'id', 'AssertionID', 'x:ID', 'wsu:Id'].filter((next) => next !== name))}=`,
      ),
  ]
  return pick(moves)?.() ?? text
}

const replaceAt = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1)

function swapAttribute(text: string, random: () => number, word: string): string {
  const all = [...text.matchAll(/="[^"]*"/g)]
  const [one, other] = [all[Math.floor(random() * all.length)], all[Math.floor(random() * all.length)]]
  if (one === undefined || other === undefined) return text
  const value = random() < 0.5 ? other[0] : `="${word}"`
  return text.slice(0, one.index) + value + text.slice(one.index + one[0].length)
}
