import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {commandTable} from '../src/cli/command-table.ts'
import {errorTable} from '../src/lib/errors/error-table.ts'

const root = join(import.meta.dirname, '..')

interface SourceFile {
  readonly path: string
  readonly text: string
  readonly lines: number
}

function filesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      const text = readFileSync(file, 'utf8')
      return {path: relative(root, file), text, lines: text.split('\n').length - 1}
    })
}

const commands = filesUnder('src/commands')
const library = filesUnder('src/lib')
const sources = filesUnder('src')

describe('sizes', () => {
  test('a command has at most 60 lines', () => {
    expect(commands.filter(({lines}) => lines > 60).map(({path}) => path)).toEqual([])
  })
  test('any other file has at most 250 lines', () => {
    expect(sources.filter(({lines}) => lines > 250).map(({path}) => path)).toEqual([])
  })
  test('the median of the library is at most 80 lines', () => {
    const sizes = library.map(({lines}) => lines).sort((one, other) => one - other)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80)
  })
})

describe('names', () => {
  const vague = /(^|[-/])(utils?|helpers?|common|misc|shared|manager|handler|processor|data|info)([-./]|$)/
  // The flags that all commands take, and the folders of the data that a person keeps, are called what they are.
  const exceptions = ['src/cli/flags/common-flags.ts', 'src/cli/data-folders.ts']

  test('no file or folder has a name that says nothing', () => {
    expect(sources.map(({path}) => path).filter((path) => vague.test(path) && !exceptions.includes(path))).toEqual([])
  })
  test('files are kebab-case', () => {
    expect(sources.map(({path}) => path).filter((path) => !/^[a-z0-9/-]+\.ts$/.test(path))).toEqual([])
  })
  test('a command is an approved verb and a noun', () => {
    const verbs =
      'add compare confirm connect convert disable disconnect enable export get import invoke new remove restore revoke set start sync test update use watch'
    const alone = ['quickstart', 'shell']
    const wrong = Object.keys(commandTable).filter(
      (id) => !alone.includes(id) && !verbs.split(' ').includes(id.split('-')[0] ?? ''),
    )
    expect(wrong).toEqual([])
  })
  test('every command is in the table, and nothing else', () => {
    expect(Object.keys(commandTable).sort()).toEqual(
      commands.map(({path}) => path.replace(/^src\/commands\/(.*)\.ts$/, '$1')).sort(),
    )
  })
  test('the class of a command is its id in PascalCase', () => {
    const wrong = commands.filter(({path, text}) => {
      const id = path.replace(/^src\/commands\/(.*)\.ts$/, '$1')
      const name = id.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
      return !text.includes(`export default class ${name} extends `)
    })
    expect(wrong.map(({path}) => path)).toEqual([])
  })
})

describe('rooms', () => {
  test('a command has no URL, no SQL and no branch on the output format', () => {
    const wrong = commands.filter(({text}) => /if \(.*json|\bSELECT\b|\/v1\.0\//.test(text))
    expect(wrong.map(({path}) => path)).toEqual([])
  })
  test('the library never prints, never reads the process, never exits', () => {
    const wrong = library.filter(({text}) => /process\.(env|argv|exit|stdout|stderr)|console\./.test(text))
    expect(wrong.map(({path}) => path)).toEqual([])
  })
  test('nothing is left unfinished', () => {
    expect(sources.filter(({text}) => /TODO|FIXME|XXX/.test(text)).map(({path}) => path)).toEqual([])
  })
  test('every export of the library says what it promises', () => {
    const undocumented = library.flatMap(({path, text}) =>
      [...text.matchAll(/(^|\n)(.*)\nexport (?:async )?(?:function\*? |class |const |interface |type )(\w+)/g)]
        .filter(([, , before = '']) => !/\*\/\s*$/.test(before))
        .map(([, , , name]) => `${path}: ${name}`),
    )
    expect(undocumented).toEqual([])
  })
})

describe('errors', () => {
  const documented = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(
    ([, code, exit]) => [code, Number(exit)],
  )

  test('docs/errors.md has every code with its exit code, and no other', () => {
    expect(documented).toEqual(Object.entries(errorTable).map(([code, {exit}]) => [code, exit]))
  })
  test('every code is used', () => {
    const all = sources
      .filter(({path}) => !path.endsWith('error-table.ts'))
      .map(({text}) => text)
      .join('\n')
    expect(Object.keys(errorTable).filter((code) => !all.includes(`'${code}'`))).toEqual([])
  })
})
