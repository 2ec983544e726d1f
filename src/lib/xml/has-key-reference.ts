import type {XmlElement} from './parse-xml.ts'

const references = ['RetrievalMethod', 'KeyInfoReference', 'Manifest', 'Object', 'HMACOutputLength']

/** Whether a signature has, at any depth and in whatever namespace, an element that fetches a key or carries content. */
export const hasKeyReference = (signature: XmlElement): boolean =>
  Array.from(signature.getElementsByTagName('*')).some(({localName}) => references.includes(localName ?? ''))
