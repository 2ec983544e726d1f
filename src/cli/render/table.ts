import {titleOf, type ViewProperty} from '../views/view.ts'
import {measureFor} from './text-width.ts'
import {valueText} from './value.ts'

export interface Paper {
  /** Columns; undefined when lines may be of any length. */
  readonly width: number | undefined
  readonly hasColors: boolean
}

const gap = 2
const narrowest = 8

/**
 * Rows under underlined headings, as PowerShell's tables. On paper of a width long values are cut with an ellipsis, and the last
 * columns are left out when even that is not enough; a line at the end says so.
 */
export async function renderTable(
  rows: readonly object[],
  properties: readonly ViewProperty[],
  paper: Paper,
): Promise<string> {
  if (rows.length === 0) return ''
  const cells = rows.map((row) =>
    properties.map((property) => valueText((row as Record<string, unknown>)[property.name], property)),
  )
  const titles = properties.map(({name}) => titleOf(name))
  const widthOf = await measureFor(cells.flat())
  const widest = titles.map((title, column) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), title.length),
  )
  const widths = fitted(widest, paper.width)
  const lines = titles.map((title, column) => '-'.repeat(Math.min(title.length, widths[column] ?? 0)))
  const lay = paper.width === undefined ? padded(widthOf) : (await import('./cut-table.ts')).cutTable
  const [head, line, ...body] = lay([titles, lines, ...cells], widths, gap)
  const isShort = widths.length < titles.length
  return [
    ...[head, line].map((text = '') => (paper.hasColors ? `\u001b[32;1m${text}\u001b[0m` : text)),
    ...body,
    ...(isShort ? [`(${titles.length - widths.length} more properties: --output list)`] : []),
    '',
  ].join('\n')
}

/** Puts rows under each other where nothing has to be cut: into a pipe or a file, however many. */
const padded =
  (widthOf: (text: string) => number) => (rows: readonly (readonly string[])[], widths: readonly number[]) =>
    rows.map((row) =>
      widths
        .map((width, column) => (row[column] ?? '') + ' '.repeat(width + gap - widthOf(row[column] ?? '')))
        .join('')
        .trimEnd(),
    )

/** Leaves columns out at the end until the others can fit, and takes width from the widest ones until they do. */
function fitted(widths: readonly number[], available = Number.POSITIVE_INFINITY): number[] {
  const total = (columns: readonly number[]): number => columns.reduce((sum, width) => sum + width + gap, -gap)
  const kept = [...widths]
  while (kept.length > 1 && total(kept.map((width) => Math.min(width, narrowest))) > available) kept.pop()
  while (total(kept) > available) {
    const widest = kept.indexOf(Math.max(...kept))
    if ((kept[widest] ?? 0) <= narrowest) break
    kept[widest] = (kept[widest] ?? 0) - 1
  }
  return kept
}
