import {fold} from './fold.ts'

/** What stands before the words of a description, so that a search of names does not find them. */
export const descriptionMark = '\u0001'

/** The words that a search is made of: runs of letters and runs of digits, a capital after a small letter begins another. */
export const readWords = (text: string): string[] => (spread(text).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []).map(fold)

/**
 * The words that an object is found by, with blanks between them: those of its name, what symbols alone divide also joined
 * (`hello-world` by `helloworld`), and those of its description. Null where that is the folded name itself, as it mostly is.
 */
export function toSearchWords(displayName: string, description: string | null = null): string | null {
  const words = [...wordsFound(displayName), ...wordsFound(description ?? '').map((word) => descriptionMark + word)]
  const text = words.join(' ')
  return text === fold(displayName) ? null : text
}

function wordsFound(text: string): string[] {
  const joined = text
    .split(/\s+/)
    .filter((part) => symbol.test(part))
    .map((part) => fold(part.replaceAll(symbols, '')))
    .filter((part) => part !== '')
  return [...new Set([...readWords(text), ...joined])]
}

const [symbol, symbols] = [/[^\p{L}\p{M}\p{N}]/u, /[^\p{L}\p{M}\p{N}]+/gu]
const spread = (text: string): string => text.normalize('NFC').replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
