/** What may stand in one property of a request body. */
export interface Property {
  readonly kind: 'text' | 'flag' | 'time' | 'texts' | 'number' | 'object'
  /** Most characters of a text, or of each text of a list. */
  readonly max?: number
  /** Most items of a list; 250 unless said otherwise. */
  readonly most?: number
  readonly form?: RegExp
  /** One of these, as they are spelled. */
  readonly oneOf?: readonly string[]
  readonly readOnly?: true
  /** null clears a property, unless it is this. */
  readonly notNull?: true
}

/** The rules of the properties of a body, by name. */
export type Properties = Readonly<Record<string, Property>>

interface Values {
  text: string
  time: string
  flag: boolean
  texts: readonly string[]
  number: number
  object: Readonly<Record<string, unknown>>
}

/** A body that was read: every property has the type its rule says, or is null, or was not given. */
export type BodyOf<Rules extends Properties> = {
  readonly [Name in keyof Rules]?: Rules[Name] extends {notNull: true}
    ? Values[Rules[Name]['kind']]
    : Values[Rules[Name]['kind']] | null
}
