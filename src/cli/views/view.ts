/** One property of a record, as a person sees it. */
export interface ViewProperty {
  /** As in JSON. */
  readonly name: string
  /** How the value is written for people; else by its type. */
  readonly format?: (value: unknown) => string
  /** Shown only when it is asked for by name. */
  readonly onRequest?: true
}

/** Which properties of a record a person sees, and in which order. */
export interface View<_Row extends object = object> {
  /** All of them: what `*` means. */
  readonly properties: readonly ViewProperty[]
  /** The columns of a table. */
  readonly table: readonly string[]
  /** The lines of a list. */
  readonly list: readonly string[]
}

/** A view over plain property names; what stands in `table` and `list` must be among them. */
export function viewOf<Row extends object>(
  properties: readonly ((keyof Row & string) | (ViewProperty & {name: keyof Row & string}))[],
  {table, list}: {table?: readonly (keyof Row & string)[]; list?: readonly (keyof Row & string)[]} = {},
): View<Row> {
  const all = properties.map((property) => (typeof property === 'string' ? {name: property} : property))
  const usual = all.filter(({onRequest}) => onRequest !== true).map(({name}) => name)
  return {properties: all, table: table ?? usual, list: list ?? usual}
}

/** immutableId → ImmutableId, as PowerShell shows it. */
export const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** How PowerShell writes a set of flags: names with commas between, None when empty. */
export const asFlags = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? value.join(', ') : 'None'
