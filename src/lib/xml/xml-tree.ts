import type {XmlElement} from './parse-xml.ts'

/** The child elements with this expanded name, in document order. */
export function childElements(parent: XmlElement, namespace: string, localName: string): XmlElement[] {
  return elementsIn(parent).filter((child) => isNamed(child, namespace, localName))
}

/** All child elements, in document order. */
export function elementsIn(parent: XmlElement): XmlElement[] {
  return Array.from(parent.childNodes).filter((node): node is XmlElement => node.nodeType === node.ELEMENT_NODE)
}

/** Whether an element has this expanded name; prefixes mean nothing. */
export const isNamed = (element: XmlElement, namespace: string, localName: string): boolean =>
  element.namespaceURI === namespace && element.localName === localName

/** An element and all under it, in document order. */
export const elementsUnder = (root: XmlElement): XmlElement[] => [root, ...Array.from(root.getElementsByTagName('*'))]

/** The elements under this one, at any depth, with this expanded name. */
export const descendantsNamed = (element: XmlElement, namespace: string, localName: string): XmlElement[] =>
  Array.from(element.getElementsByTagNameNS(namespace, localName))

/** The whole text of an element, also across comments and CDATA sections, without white space at its ends. */
export const textOf = (element: XmlElement): string => (element.textContent ?? '').trim()

/** An attribute that is in no namespace; undefined when it is absent or empty, or there is no element. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.getAttributeNS(null, name) || undefined
}

/** The only one of a list; undefined when there is none, or another one too: of two nobody knows which is meant. */
export const onlyOne = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined)
