/** A value in the store that this program cannot have written. */
export class DamagedValue extends Error {}

/** Reads the texts of a column that holds a list. Throws DamagedValue. */
export function readList(text: string): readonly string[] {
  const list = parse(text)
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
  throw new DamagedValue('a list in it is not one')
}

/** Reads a column that holds an object, or a list of objects. Throws DamagedValue. */
export function readJsonColumn(text: string): unknown {
  const value = parse(text)
  if (typeof value === 'object') return value
  throw new DamagedValue('an object in it is not one')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
