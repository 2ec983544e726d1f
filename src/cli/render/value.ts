import type {ViewProperty} from '../views/view.ts'

/** A value as a person reads it: nothing for nothing, True and False, lists in braces as PowerShell writes them. */
export function valueText(value: unknown, property?: ViewProperty): string {
  if (value === undefined || value === null) return ''
  if (property?.format !== undefined) return visible(property.format(value))
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return visible(`{${value.map((item) => valueText(item)).join(', ')}}`)
  if (typeof value === 'object') return visible(JSON.stringify(value))
  return visible(String(value))
}

/** Without control characters: what a directory holds must not steer a terminal. */
const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\n' ? ' ' : '�',
  )
