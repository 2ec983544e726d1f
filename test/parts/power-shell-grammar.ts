// A process of its own: reads a JSON list of PowerShell texts, writes what tree-sitter's grammar makes of each.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {text} from 'node:stream/consumers'
import {Language, Parser} from 'web-tree-sitter'

const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')
await Parser.init()
const parser = new Parser().setLanguage(await Language.load(readFileSync(grammar)))
const scripts: string[] = JSON.parse(await text(process.stdin))
const parsed = scripts.map((script) => {
  const root = parser.parse(script)?.rootNode
  const textsOf = (type: string): string[] => root?.descendantsOfType(type).map((node) => node?.text ?? '') ?? []
  return {hasError: root?.hasError ?? true, commands: textsOf('command'), strings: textsOf('string_literal')}
})
process.stdout.write(JSON.stringify(parsed))
