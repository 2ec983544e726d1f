import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import stringWidth from 'string-width'
import {type OutputFormat, outputFormats} from '../../src/cli/flags/common-flags.ts'
import {harmlessText} from '../../src/cli/harmless-text.ts'
import {renderError} from '../../src/cli/render/error.ts'
import {type Presentation, render} from '../../src/cli/render/render.ts'
import {selectProperties} from '../../src/cli/render/select-properties.ts'
import {wrapText} from '../../src/cli/render/wrap-text.ts'
import {viewOf} from '../../src/cli/views/view.ts'
import {FedctlError} from '../../src/lib/errors/fedctl-error.ts'

interface Row {
  name: string
  note?: string | null
  isDefault?: boolean
  tags?: readonly string[]
  secret?: string
}

const view = viewOf<Row>(['name', 'note', 'isDefault', 'tags', {name: 'secret', onRequest: true}], {
  table: ['name', 'note'],
})
const pipe = {width: undefined, hasColors: false}

async function* stream<Item>(...items: readonly Item[]): AsyncIterable<Item> {
  yield* items
}

async function rendered(rows: readonly Row[], options: Partial<Presentation> = {}, width?: number): Promise<string> {
  let text = ''
  const presentation = {rows: stream(...rows), view, format: 'table' as OutputFormat, ...options}
  await render(presentation, {width, hasColors: false}, (piece) => {
    text += piece
  })
  return text
}

const rows: readonly Row[] = [
  {name: 'ada', note: null, isDefault: true, tags: ['a', 'b']},
  {name: 'grace', note: 'of the navy', isDefault: false, tags: []},
]

describe('formats', () => {
  test.each([
    ['table', 'Name   Note\n----   ----\nada\ngrace  of the navy\n'],
    [
      'list',
      'Name      : ada\nNote      :\nIsDefault : True\nTags      : {a, b}\n\nName      : grace\nNote      : of the navy\nIsDefault : False\nTags      : {}\n',
    ],
    ['json', `${JSON.stringify(rows, undefined, 2)}\n`],
    ['jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
    ['csv', 'name,note,isDefault,tags\nada,,true,"a;b"\ngrace,of the navy,false,\n'],
    ['markdown', '| Name | Note |\n| --- | --- |\n| ada |  |\n| grace | of the navy |\n'],
    [
      'yaml',
      '- name: ada\n  note: null\n  isDefault: true\n  tags:\n    - a\n    - b\n- name: grace\n  note: of the navy\n  isDefault: false\n  tags: []\n',
    ],
    ['none', ''],
  ] as [OutputFormat, string][])('%s', async (format, wanted) => expect(await rendered(rows, {format})).toBe(wanted))

  test.each(outputFormats)('%s of nothing is no text, or what means nothing in it', async (format) => {
    const nothing = {
      json: '[]\n',
      yaml: '[]\n',
      csv: 'name,note,isDefault,tags\n',
      markdown: '| Name | Note |\n| --- | --- |\n',
    }
    expect(await rendered([], {format})).toBe((nothing as Record<string, string>)[format] ?? '')
  })

  test.each(outputFormats.filter((format) => format !== 'none'))(
    '%s has what came before a failure',
    async (format) => {
      async function* failing(): AsyncIterable<Row> {
        yield {name: 'first of all'}
        throw new Error('the rest did not come')
      }
      let text = ''
      const work = render({rows: failing(), view, format}, pipe, (piece) => {
        text += piece
      })
      await expect(work).rejects.toThrow('the rest did not come')
      expect(text).toContain('first of all')
    },
  )
})

describe('properties', () => {
  test('in their order and any case, and only by name what is shown on request', async () => {
    expect(await rendered([{name: 'ada', secret: 's'}], {format: 'csv', property: 'SECRET, name'})).toBe(
      'secret,name\ns,ada\n',
    )
    expect(selectProperties(view, '*').map(({name}) => name)).toEqual(['name', 'note', 'isDefault', 'tags'])
  })
  test('one that a record does not have is null in JSON', async () => {
    expect(await rendered([{name: 'ada'}], {format: 'jsonl', property: 'name,note'})).toBe(
      '{"name":"ada","note":null}\n',
    )
  })
  test.each(['nme', '', ' , '])('"%s" is refused before any record is asked for', async (property) => {
    async function* never(): AsyncIterable<Row> {
      yield await Promise.reject(new Error('a record was asked for'))
    }
    await expect(rendered([], {rows: never(), property})).rejects.toMatchObject({code: 'Usage'})
  })
})

describe('on paper', () => {
  const text = fc.string({unit: 'grapheme', maxLength: 60})
  // cli-table3 knows the widths of an older Unicode: these have not changed since.
  const cell = fc.string({unit: fc.constantFrom('a', 'W', ' ', '-', 'é', 'я', '山', '가', '🎉'), maxLength: 60})
  const table = fc.array(fc.record({name: cell, note: cell}), {minLength: 1, maxLength: 5})

  test('no line of a table is wider than the terminal', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({min: 20, max: 120}), async (records, width) => {
        const lines = (await rendered(records, {}, width)).split('\n')
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
      }),
      {numRuns: 50},
    )
  })
  test('a table that fits is the same as in a pipe', async () => {
    const wide = [
      {name: '山田太郎', note: '🎉 done'},
      {name: 'ada', note: 'x'},
    ]
    const lines = 'Name      Note\n----      ----\n山田太郎  🎉 done\nada       x\n'
    expect([await rendered(wide), await rendered(wide, {}, 80)]).toEqual([lines, lines])
  })
  test('many rows are more than one page of the layout', async () => {
    const many = Array.from({length: 250}, (_, index) => ({name: `row ${index}`, note: 'x'}))
    expect(await rendered(many, {}, 80)).toBe(await rendered(many))
  })
  test('columns that cannot fit are left out, and it is said', async () => {
    const record = {name: 'a'.repeat(20), note: 'b'.repeat(20), isDefault: true, tags: ['c'.repeat(20)]}
    const shown = await rendered([record], {property: '*'}, 30)
    expect(shown).toBe(
      'Name      Note       IsDefault\n----      ----       ---------\naaaaaaa…  bbbbbbbb…  True\n(1 more properties: --output list)\n',
    )
  })
  test('a list breaks long values below their beginning', async () => {
    const shown = await rendered(
      [{name: 'x', note: 'one two three four five six'}],
      {format: 'list', property: 'name,note'},
      27,
    )
    expect(shown).toBe('Name : x\nNote : one two three four\n       five six\n')
  })
  test('wrapped lines fit and lose no letter', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 4, max: 40}), (words, room) => {
        const lines = wrapText(words, room, stringWidth)
        expect(lines.filter((line) => stringWidth(line.trimEnd()) > room)).toEqual([])
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
      }),
    )
  })
})

describe('what a directory holds', () => {
  test.each([
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ['\t=1', "'\t=1"],
    ['a;=1', '"a;=1"'],
    ['+1 555 0100', '+1 555 0100'],
    ['+r/AbC4==', '+r/AbC4=='],
    ['a,"b"\nc', '"a,""b""\nc"'],
  ])('%j does not run in a spreadsheet, and is itself otherwise', async (note, cell) => {
    expect(await rendered([{name: 'x', note}], {format: 'csv', property: 'note'})).toBe(`note\n${cell}\n`)
  })
  test.each([
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['<img src=x>', '&lt;img src=x>'],
    ['two\nlines', 'two lines'],
  ])('%j stays in its cell of a ticket', async (note, cell) => {
    expect(await rendered([{name: 'x', note}], {format: 'markdown', property: 'note'})).toContain(`\n| ${cell} |\n`)
  })
  test('no control character reaches a terminal but line ends, tabs and our colours', () => {
    const character = fc.oneof(fc.integer({min: 0, max: 0x9f}), fc.constantFrom(0x202e, 0x2066, 0x41))
    fc.assert(
      fc.property(fc.array(character), (codes) => {
        const shown = harmlessText(String.fromCodePoint(...codes))
        expect([...shown].filter((letter) => letter < ' ' && letter !== '\n' && letter !== '\t')).toEqual([])
        expect(shown).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
    expect(harmlessText('\u001b[32;1mName\u001b[0m \u001b[8mhidden\u001b]0;title\u0007')).toBe(
      '\u001b[32;1mName\u001b[0m \ufffd[8mhidden\ufffd]0;title\ufffd',
    )
  })
  test('a table and a list show no control character anywhere', async () => {
    const record = {name: 'a\u001b[31mb\rc\nd'}
    expect(await rendered([record], {property: 'name'})).toBe('Name\n----\na�[31mb�c d\n')
  })
})

test('an error says what happened, what belongs to it and what to do', () => {
  const error = new FedctlError('NotFound', 'There is no x.', {details: ['it was here'], hints: ['Look there.']})
  expect(renderError(error, false)).toBe('Error (NotFound): There is no x.\n  it was here\n  → Look there.\n')
  expect(renderError(error, true)).toContain('\u001b[31;1mError (NotFound):\u001b[0m There is')
})
