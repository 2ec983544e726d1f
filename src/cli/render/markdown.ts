import {titleOf, type ViewProperty} from '../views/view.ts'
import {valueText} from './value.ts'

/** Rows as a Markdown table, for a change ticket. */
export function renderMarkdown(rows: readonly object[], properties: readonly ViewProperty[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |\n`
  const body = rows.map((row) =>
    line(properties.map((property) => valueText((row as Record<string, unknown>)[property.name], property))),
  )
  return line(properties.map(({name}) => titleOf(name))) + line(properties.map(() => '---')) + body.join('')
}

/** As text: nothing ends the cell, nothing is a tag. */
const escaped = (text: string): string => text.replaceAll(/[\\|]/g, '\\$&').replaceAll('<', '&lt;')
