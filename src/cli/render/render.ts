import type {OutputFormat} from '../flags/common-flags.ts'
import type {View, ViewProperty} from '../views/view.ts'
import {selectProperties} from './select-properties.ts'
import type {Paper} from './table.ts'

/** Records and how they are to be written. */
export interface Presentation {
  readonly rows: AsyncIterable<object>
  readonly view: View
  readonly format: OutputFormat
  /** Names from --property. */
  readonly property?: string | undefined
  readonly query?: string | undefined
}

/**
 * Writes records in one format. Formats of one line or block a record are written as the records come; the others when all are there.
 * A failure midway is thrown on after what had come by then is written.
 */
export async function render(presentation: Presentation, paper: Paper, write: (text: string) => void): Promise<void> {
  const {rows, view, format, property, query} = presentation
  const chosen = property === undefined ? undefined : selectProperties(view, property)
  if (query !== undefined) return writeQueried(presentation, paper, write)
  if (format === 'none') return drain(rows)
  if (format === 'jsonl') return each(rows, (row) => write(`${JSON.stringify(picked(row, chosen))}\n`))
  if (format === 'list') return writeList(rows, chosen ?? named(view, view.list), {paper, write})
  await whenAll(rows, async (all) => write(await renderAll(all, {view, format, chosen, paper})))
}

async function writeList(
  rows: AsyncIterable<object>,
  properties: readonly ViewProperty[],
  {paper, write}: {paper: Paper; write: (text: string) => void},
): Promise<void> {
  const {renderList} = await import('./list.ts')
  let isFirst = true
  for await (const row of rows) {
    write((isFirst ? '' : '\n') + (await renderList(row, properties, paper)))
    isFirst = false
  }
}

interface Whole {
  readonly view: View
  readonly format: OutputFormat
  readonly chosen: readonly ViewProperty[] | undefined
  readonly paper: Paper
}

async function renderAll(rows: readonly object[], {view, format, chosen, paper}: Whole): Promise<string> {
  if (format === 'json')
    return `${JSON.stringify(
      rows.map((row) => picked(row, chosen)),
      undefined,
      2,
    )}\n`
  if (format === 'yaml') return (await import('yaml')).stringify(rows.map((row) => picked(row, chosen)))
  if (format === 'csv') return (await import('./csv.ts')).renderCsv(rows, chosen ?? propertiesOf(view))
  if (format === 'markdown')
    return (await import('./markdown.ts')).renderMarkdown(rows, chosen ?? named(view, view.table))
  return (await import('./table.ts')).renderTable(rows, chosen ?? filled(rows, named(view, view.table)), paper)
}

/** The columns that have something to show; all of them when nothing has. */
function filled(rows: readonly object[], columns: readonly ViewProperty[]): readonly ViewProperty[] {
  const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''
  const some = columns.filter(({name}) => rows.some((row) => !isEmpty((row as Record<string, unknown>)[name])))
  return some.length === 0 ? columns : some
}

/** A query can give anything: records go on as records, any other value is written as it is. */
async function writeQueried(
  {rows, format, query = '', view}: Presentation,
  paper: Paper,
  write: (text: string) => void,
): Promise<void> {
  const {readQuery} = await import('./query.ts')
  const search = await readQuery(
    query,
    view.properties.map(({name}) => name),
  )
  await whenAll(rows, async (all) => {
    const result = search(all)
    if (format === 'none') return
    if (format === 'json') return write(`${JSON.stringify(result, undefined, 2)}\n`)
    if (format === 'yaml') return write((await import('yaml')).stringify(result))
    const items = Array.isArray(result) ? result : result === null || result === undefined ? [] : [result]
    const records = items.filter(
      (item) => typeof item === 'object' && item !== null && !Array.isArray(item),
    ) as object[]
    if (records.length !== items.length) {
      if (format === 'csv') return render(valuesOf(items), paper, write)
      for (const item of items)
        write(`${format !== 'jsonl' && typeof item === 'string' ? item : JSON.stringify(item)}\n`)
      return
    }
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
    const properties = names.map((name) => view.properties.find((property) => property.name === name) ?? {name})
    await render({rows: stream(records), view: {properties, table: names, list: names}, format}, paper, write)
  })
}

/** Values that are no records, as records of one property. */
const valuesOf = (items: readonly unknown[]): Presentation => ({
  rows: stream(items.map((value) => ({value}))),
  view: {properties: [{name: 'value'}], table: ['value'], list: ['value']},
  format: 'csv',
})

async function* stream(rows: readonly object[]): AsyncIterable<object> {
  yield* rows
}

const named = (view: View, names: readonly string[]): readonly ViewProperty[] =>
  names.flatMap((name) => view.properties.find((property) => property.name === name) ?? [])

const propertiesOf = (view: View): readonly ViewProperty[] =>
  view.properties.filter(({onRequest}) => onRequest !== true)

/** The whole record, or the properties that were chosen; one that a record does not have is null. */
const picked = (row: object, chosen: readonly ViewProperty[] | undefined): object =>
  chosen === undefined
    ? row
    : Object.fromEntries(chosen.map(({name}) => [name, (row as Record<string, unknown>)[name] ?? null]))

async function each(rows: AsyncIterable<object>, use: (row: object) => void): Promise<void> {
  for await (const row of rows) use(row)
}

const drain = (rows: AsyncIterable<object>): Promise<void> => each(rows, () => undefined)

async function whenAll(rows: AsyncIterable<object>, use: (rows: readonly object[]) => Promise<void>): Promise<void> {
  const all: object[] = []
  try {
    for await (const row of rows) all.push(row)
  } catch (error) {
    if (all.length > 0) await use(all)
    throw error
  }
  await use(all)
}
