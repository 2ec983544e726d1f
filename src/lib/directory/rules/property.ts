/** A form of text, and what to say to who gives another: a clause, "it must …". */
export interface Form {
  readonly pattern: RegExp
  readonly says: string
}

/** A mail address, as far as it is looked at. */
export const mailForm: Form = {pattern: /^[^@\s]+@[^@\s]+$/, says: 'it must be a mail address, as in ada@contoso.com'}

/** A country, ISO 3166-1 alpha-2. */
export const countryForm: Form = {pattern: /^[A-Za-z]{2}$/, says: 'it must be the two letters of a country, as in DE'}

/** An id. */
export const guidForm: Form = {
  pattern: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  says: 'it must be a GUID',
}

/** What may stand in one property of a request body. */
export interface Property {
  readonly kind: 'text' | 'flag' | 'time' | 'texts' | 'number' | 'object' | 'objects'
  /** Most characters of a text, or of each text of a list. */
  readonly max?: number
  /** Most items of a list; 250 unless said otherwise. */
  readonly most?: number
  readonly form?: Form
  /** One of these, as they are spelled. */
  readonly oneOf?: readonly string[]
  readonly readOnly?: true
  /** null clears a property, unless it is this; a list is cleared by an empty one. */
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
  objects: readonly Readonly<Record<string, unknown>>[]
}

/** A body that was read: every property has the type its rule says, or is null, or was not given. */
export type BodyOf<Rules extends Properties> = {
  readonly [Name in keyof Rules]?: Rules[Name] extends {notNull: true} | {kind: 'texts'}
    ? Values[Rules[Name]['kind']]
    : Values[Rules[Name]['kind']] | null
}
