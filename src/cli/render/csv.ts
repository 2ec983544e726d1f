import type {ViewProperty} from '../views/view.ts'

/** Rows as CSV (RFC 4180) with a header of JSON names; lists are joined by semicolons. */
export async function renderCsv(rows: readonly object[], properties: readonly ViewProperty[]): Promise<string> {
  const {stringify} = await import('csv-stringify/sync')
  const names = properties.map(({name}) => name)
  const lines = rows.map((row) => names.map((name) => cell((row as Record<string, unknown>)[name])))
  // Where a list is joined by them, semicolons may be what a spreadsheet takes for the end of a cell.
  return stringify([names, ...lines], {quoted_match: ';'})
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return harmless(value.map(String).join(';'))
  return harmless(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

// A spreadsheet takes these for formulas. What begins with + or - is left alone unless it could be one: telephone numbers and
// base64 begin with them.
const formula = /^[=@\t\r]|^[+-].*[(|!'"]/

/** A quote before what a spreadsheet would run. */
const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)
