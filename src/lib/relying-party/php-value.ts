/** What a PHP file of configuration can hold; an object is an array with keys. */
export type PhpValue = string | number | boolean | readonly PhpValue[] | {readonly [key: string]: PhpValue}

/** A PHP string that is the text itself: between single quotes a backslash and a quote alone mean something. */
export const phpText = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`

/** A value as PHP source, one entry of an array a line; `indent` stands before the lines after the first. PHP itself turns keys like '10' into numbers. */
export function phpValue(value: PhpValue, indent = ''): string {
  if (typeof value === 'string') return phpText(value)
  if (typeof value !== 'object') return String(value)
  const inner = `${indent}    `
  const lines = Array.isArray(value)
    ? value.map((item) => phpValue(item, inner))
    : Object.entries(value).map(([key, item]) => `${phpText(key)} => ${phpValue(item, inner)}`)
  return lines.length === 0 ? '[]' : `[\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}]`
}
