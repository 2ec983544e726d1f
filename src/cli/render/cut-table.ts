import Table from 'cli-table3'

const borders =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
const noBorders = Object.fromEntries(borders.split(' ').map((name) => [name, '']))

/** Rows in columns of these widths with gaps between them, a line a row; what does not fit is cut with an ellipsis. */
export function cutTable(rows: readonly (readonly string[])[], widths: readonly number[], gap: number): string[] {
  const lines: string[] = []
  // Page by page: what cli-table3 does grows with the square of the rows.
  for (let at = 0; at < rows.length; at += 100) {
    const table = new Table({
      chars: noBorders as never,
      style: {head: [], border: [], 'padding-left': 0, 'padding-right': gap},
      colWidths: widths.map((width) => width + gap),
      truncate: '…',
    })
    table.push(...rows.slice(at, at + 100).map((row) => row.slice(0, widths.length)))
    lines.push(...table.toString().split('\n'))
  }
  return lines.map((line) => line.trimEnd())
}
