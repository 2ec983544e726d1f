/** One command line of a transcript and what it must print. */
export interface Exchange {
  readonly line: string
  readonly expected: string
}

export interface TranscriptPart {
  /** Comments, blank lines and `+ file` blocks before the command line, as they stand. */
  readonly before: string
  readonly files: Readonly<Record<string, string>>
  readonly exchange?: Exchange
}

/**
 * Reads a transcript: `$ fedctl …` lines with their exact standard output, `! ` before lines of standard error, `[exit n]` when it is not
 * 0; `# ` comments; `+ NAME` up to a line `+` is a file put into the folder that {home} stands for.
 */
export function readTranscript(text: string): readonly TranscriptPart[] {
  const parts: {before: string; files: Record<string, string>; line?: string; expected: string}[] = []
  let part = {before: '', files: {} as Record<string, string>, expected: ''} as (typeof parts)[number]
  let file: string | undefined
  for (const line of text.split(/(?<=\n)/)) {
    if (file !== undefined) {
      part.before += line
      if (line === '+\n') file = undefined
      else part.files[file] += line
    } else if (line.startsWith('$ ')) {
      if (part.line !== undefined) {
        parts.push(part)
        part = {before: '', files: {}, expected: ''}
      }
      part.line = line.slice(2).trimEnd()
    } else if (part.line === undefined || line.startsWith('# ') || line.startsWith('+ ')) {
      if (part.line !== undefined) {
        parts.push(part)
        part = {before: '', files: {}, expected: ''}
      }
      part.before += line
      if (line.startsWith('+ ')) {
        file = line.slice(2).trim()
        part.files[file] = ''
      }
    } else part.expected += line
  }
  parts.push(part)
  return parts.map(({before, files, line, expected}) => ({
    before,
    files,
    ...(line === undefined ? {} : {exchange: {line, expected}}),
  }))
}

/** The words of a command line as a POSIX shell takes them: quotes, no expansion. */
export function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/(?:'[^']*'|"(?:\\.|[^"])*"|\\.|[^\s'"\\])+/g)].map(([word]) => word)
  return words.map((word) =>
    word.replaceAll(
      /'([^']*)'|"((?:\\.|[^"])*)"|\\(.)/g,
      (_, single, double, escaped) =>
        single ?? (double === undefined ? escaped : double.replaceAll(/\\(["\\$`])/g, '$1')),
    ),
  )
}
