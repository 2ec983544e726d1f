import Table from 'cli-table3'
import {titleOf, type ViewProperty} from '../views/view.ts'
import {widthOf} from './text-width.ts'
import {valueText} from './value.ts'

export interface Paper {
  /** Columns; undefined when lines may be of any length. */
  readonly width: number | undefined
  readonly hasColors: boolean
}

const gap = 2

const noBorders = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle']
    .flatMap((name) => [name, `${name}-mid`, `${name}-left`, `${name}-right`, `mid-${name}`, `${name}-${name}`])
    .concat([
      'top-mid',
      'top-left',
      'top-right',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left-mid',
      'mid-mid',
      'right-mid',
    ])
    .map((name) => [name, '']),
)

/** Rows under underlined headings, as PowerShell's tables; what does not fit the paper is cut with an ellipsis. */
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
  const width = await widthOf([...titles, ...cells.flat()])
  const widths = fitted(
    titles.map((title, column) => cells.reduce((most, row) => Math.max(most, width(row[column] ?? '')), width(title))),
    paper.width,
  )
  const lines = titles.map((title) => '-'.repeat(Math.min(width(title), 40)))
  const table = new Table({
    chars: noBorders as never,
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': gap},
    colWidths: widths.map((columns) => columns + gap),
    truncate: '…',
  })
  table.push(
    titles.map((title) => heading(title, paper)),
    lines.map((line) => heading(line, paper)),
    ...cells,
  )
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

const heading = (text: string, {hasColors}: Paper): string => (hasColors ? `\u001b[32;1m${text}\u001b[0m` : text)

/** Takes width from the widest columns until the table fits. */
function fitted(widths: readonly number[], available: number | undefined): number[] {
  const kept = [...widths]
  if (available === undefined) return kept
  const total = (): number => kept.reduce((sum, width) => sum + width + gap, 0)
  while (total() > available) {
    const widest = kept.indexOf(Math.max(...kept))
    const width = kept[widest] ?? 0
    if (width <= 8) break
    kept[widest] = width - 1
  }
  return kept
}
