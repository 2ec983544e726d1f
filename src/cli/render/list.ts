import {titleOf, type ViewProperty} from '../views/view.ts'
import type {Paper} from './table.ts'
import {valueText} from './value.ts'

/** One record as `Name : value` lines, the names padded to the longest; long values go on below their beginning. */
export function renderList(row: object, properties: readonly ViewProperty[], {width, hasColors}: Paper): string {
  const longest = Math.max(...properties.map(({name}) => name.length))
  return properties
    .map((property) => {
      const label = `${titleOf(property.name).padEnd(longest)} :`
      const text = valueText((row as Record<string, unknown>)[property.name], property)
      const shown = text === '' ? '' : ` ${wrapped(text, longest + 3, width)}`
      return `${hasColors ? `\u001b[32;1m${label}\u001b[0m` : label}${shown}\n`
    })
    .join('')
}

/** Breaks a text over lines that begin at `indent`, so that a certificate does not run off the screen. */
function wrapped(text: string, indent: number, width: number | undefined): string {
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(width - indent, 20)
  if (text.length <= room) return text
  const lines: string[] = []
  for (let at = 0; at < text.length; at += room) lines.push(text.slice(at, at + room))
  return lines.join(`\n${' '.repeat(indent)}`)
}
