import type {XmlElement} from './parse-xml.ts'
import {elementsUnder} from './xml-tree.ts'

/** Every name under which some library looks for an id, in any namespace: also xml:id and wsu:Id. */
const idNames = new Set(['ID', 'Id', 'id', 'AssertionID', 'ResponseID', 'RequestID'])

/** Whether two attributes of a document that any library could take for an id have the same value. */
export function hasRepeatedId(root: XmlElement): boolean {
  const seen = new Set<string>()
  for (const element of elementsUnder(root)) {
    for (const {localName, value} of Array.from(element.attributes)) {
      if (!idNames.has(localName ?? '')) continue
      if (seen.has(value)) return true
      seen.add(value)
    }
  }
  return false
}
