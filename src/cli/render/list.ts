import {titleOf, type ViewProperty} from '../views/view.ts'
import type {Paper} from './table.ts'
import {measureFor} from './text-width.ts'
import {valueText} from './value.ts'
import {wrapText} from './wrap-text.ts'

/** One record as `Name : value` lines, the names padded to the longest; what is too long for the paper goes on below its beginning. */
export async function renderList(
  row: object,
  properties: readonly ViewProperty[],
  {width, hasColors}: Paper,
): Promise<string> {
  const indent = Math.max(...properties.map(({name}) => name.length)) + 3
  const texts = properties.map((property) => valueText((row as Record<string, unknown>)[property.name], property))
  const widthOf = await measureFor(texts)
  const lines = properties.map(({name}, index) => {
    const label = `${titleOf(name).padEnd(indent - 2)}:`
    const text = texts[index] ?? ''
    const shown = width === undefined ? [text] : wrapText(text, Math.max(width - indent, 20), widthOf)
    const value = shown.join(`\n${' '.repeat(indent)}`)
    return `${hasColors ? `\u001b[32;1m${label}\u001b[0m` : label}${value === '' ? '' : ` ${value}`}\n`
  })
  return lines.join('')
}
