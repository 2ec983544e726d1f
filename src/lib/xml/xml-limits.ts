/** How large a document may be. Everything is counted before a tree is built. */
export interface XmlLimits {
  readonly bytes: number
  readonly depth: number
  /** Also the most comments and CDATA sections, together. */
  readonly elements: number
  readonly attributes: number
  readonly attributesPerElement: number
}

/** For tokens, which come from anybody: no honest one is near these. */
export const tokenLimits: XmlLimits = {
  bytes: 256 * 1024,
  depth: 64,
  elements: 4_000,
  attributes: 8_000,
  attributesPerElement: 64,
}

/** For metadata that an administrator names: AD FS publishes some 100 KiB, a national federation's aggregate is refused. */
export const metadataLimits: XmlLimits = {
  bytes: 4 * 1024 * 1024,
  depth: 64,
  elements: 60_000,
  attributes: 240_000,
  attributesPerElement: 64,
}
