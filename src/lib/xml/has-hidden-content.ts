import type {XmlElement} from './parse-xml.ts'

/** Whether an element has, at any depth, anything but elements and text: a comment, a CDATA section, an instruction. */
export function hasHiddenContent(element: XmlElement): boolean {
  return Array.from(element.childNodes).some((node) =>
    node.nodeType === node.ELEMENT_NODE ? hasHiddenContent(node as XmlElement) : node.nodeType !== node.TEXT_NODE,
  )
}
