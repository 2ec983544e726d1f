/** The lines of a text that is to take at most `room` columns: broken at spaces where there are any, else anywhere between two characters. */
export function wrapText(text: string, room: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && widthOf(line + word.trimEnd()) > room) {
      lines.push(line.trimEnd())
      line = ''
    }
    const pieces = widthOf(word.trimEnd()) > room ? cut(word, room, widthOf) : [word]
    lines.push(...pieces.slice(0, -1))
    line += pieces.at(-1) ?? ''
  }
  return line === '' ? lines : [...lines, line]
}

/** The pieces of a word that is too wide for a line. */
function cut(word: string, room: number, widthOf: (text: string) => number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const {segment} of new Intl.Segmenter().segment(word)) {
    if (piece !== '' && widthOf(piece + segment) > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
