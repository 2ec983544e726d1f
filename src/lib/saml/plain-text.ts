import type {XmlElement} from '../xml/parse-xml.ts'

/** The whole text of an element without the white space of XML at its ends; other blanks are part of a name and stay. */
export function plainText(element: XmlElement): string {
  const text = element.textContent ?? ''
  // A pattern that looks for blanks at the end takes a time that grows with the square of the blanks.
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start += 1
  while (end > start && isBlank(text[end - 1])) end -= 1
  return text.slice(start, end)
}

const isBlank = (character: string | undefined): boolean => character !== undefined && '\t\n\r '.includes(character)
