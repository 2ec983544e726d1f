import type {XmlElement} from './parse-xml.ts'
import {elementsUnder} from './xml-tree.ts'

/** Whether a document declares a namespace by a relative URI, over which canonicalizers fail or differ (Canonical XML 1.0, 1.3). */
export const hasRelativeNamespace = (root: XmlElement): boolean =>
  elementsUnder(root).some((element) =>
    Array.from(element.attributes).some(
      ({name, value}) => /^xmlns(:|$)/.test(name) && value !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value),
    ),
  )
