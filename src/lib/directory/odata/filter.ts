/** A value as $filter writes one. */
export type Literal = string | number | boolean | null

/** How a property is compared with a value. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
/** How a text is looked for in another. */
export type TextMatch = 'startsWith' | 'endsWith'

/** What a $filter says, read but not yet held against any resource. */
export type Filter =
  | {readonly is: 'and' | 'or'; readonly all: readonly Filter[]}
  | {readonly is: 'not'; readonly what: Filter}
  | {readonly is: 'compare'; readonly property: string; readonly by: Comparison; readonly value: Literal}
  | {readonly is: 'in'; readonly property: string; readonly values: readonly Literal[]}
  | {readonly is: 'match'; readonly property: string; readonly by: TextMatch; readonly value: string}
  /** The words of a property, in any order, or how it begins: what $search asks. */
  | {readonly is: 'search'; readonly property: string; readonly value: string}
  /** A list has nothing in it. */
  | {readonly is: 'empty'; readonly property: string}
  /** A list has an element that… */
  | {readonly is: 'any'; readonly property: string; readonly by: 'eq' | TextMatch; readonly value: string}
