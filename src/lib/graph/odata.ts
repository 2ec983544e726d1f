/** A string as an OData literal: single quotes doubled (OData 4.01 ABNF, string). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A text as one segment of a path. */
export const segment = (text: string): string => encodeURIComponent(text)

/** The path of a user by UPN or object id; a UPN that begins with $ needs the key form. */
export const userPath = (identity: string): string =>
  identity.startsWith('$') ? `/users(${encodeURIComponent(literal(identity))})` : `/users/${segment(identity)}`

/** Query options as they stand in a URL, blanks as %20; options without a value are left out. */
export function query(options: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Filter clauses joined by and; undefined when there is none. */
export const allOf = (clauses: readonly (string | undefined)[]): string | undefined => {
  const given = clauses.filter((clause) => clause !== undefined)
  return given.length === 0 ? undefined : given.join(' and ')
}
