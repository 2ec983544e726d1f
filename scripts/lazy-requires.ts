import {readFile} from 'node:fs/promises'
import type {Plugin} from 'esbuild'

const declaration = /\b(?:const|var) (\w+)\s*=\s*((?:__\w+\()?require\(["'][^"']+["']\)(?:, ?1)?\)?);/g

/**
 * Makes the requires at the top of a file run when they are first used: `const x = require("y")` becomes a function that requires
 * once, and every use of x a call of it. For what TypeScript and esbuild emit, where such names are found nowhere else.
 */
export function toLazyRequires(text: string): string {
  const names = [...text.matchAll(declaration)].map(([, name]) => name)
  if (names.length === 0) return text
  const used = new RegExp(`(?<![\\w$'"/-]|[^.]\\.)(?:${names.join('|')})(?![\\w$])`, 'g')
  return text
    .replaceAll(declaration, 'var lazy_$1;function get_$1(){return lazy_$1??=$2}')
    .replaceAll(used, '(get_$&())')
}

/** oclif listens at standard output, and by that opens it; our own output is what notices a closed pipe. */
const listener = /^process\.stdout\.on\('error', [\s\S]*?^\}\);$/m

/**
 * The same in the files of oclif: a command needs oclif's Command and parser, and these require all the rest (Config, help, ux …),
 * which costs as much as starting Node. When a release requires in another form, the build stops here.
 */
export const lazyOclif: Plugin = {
  name: 'lazy oclif',
  setup(build) {
    let count = 0
    build.onLoad({filter: /node_modules\/@oclif\/core\/lib\/.*\.js$/}, async ({path}) => {
      const contents = toLazyRequires((await readFile(path, 'utf8')).replace(listener, ''))
      count += contents.split('??=require').length - 1
      const eager = /^(?:const|var|let) .*\brequire\(.*$/m.exec(contents)?.[0]
      if (eager !== undefined && !eager.includes('??=')) return {errors: [{text: `${path} is not lazy: ${eager}`}]}
      return {contents}
    })
    build.onEnd(() => (count > 100 ? {} : {errors: [{text: `only ${count} requires of oclif were made lazy`}]}))
  },
}
