import {readFile} from 'node:fs/promises'
import type {Plugin} from 'esbuild'

/**
 * Makes the requires at the top of oclif's files run when they are first used: a command needs oclif's Command and parser, and these
 * require all the rest (Config, help, ux …), which costs as much as starting Node. The files are what TypeScript emits, with one form
 * of require; when a release has another one, the build stops here.
 */
export const lazyRequires: Plugin = {
  name: 'lazy requires',
  setup(build) {
    let count = 0
    build.onLoad({filter: /node_modules\/@oclif\/core\/lib\/.*\.js$/}, async ({path}) => {
      const text = await readFile(path, 'utf8')
      const names = [...text.matchAll(declaration)].map(([, name = '']) => name)
      const all = text.match(/^(?:const|var|let)\b.*\brequire\(/gm)?.length ?? 0
      if (names.length !== all) return {errors: [{text: `${path} requires in a form that cannot be made lazy`}]}
      count += names.length
      return {contents: toLazy(text, names)}
    })
    build.onEnd(() => (count > 100 ? {} : {errors: [{text: `only ${count} requires of oclif were made lazy`}]}))
  },
}

const declaration = /^(?:const|var) (\w+) = (.*\brequire\(.*\));$/gm

/** `const x = require("y")` becomes a function that requires once, and every use of x a call of it. */
function toLazy(text: string, names: readonly string[]): string {
  const declared = text.replaceAll(declaration, 'var lazy_$1;function get_$1(){return lazy_$1??=$2}')
  const used = new RegExp(`(?<![\\w.'"/-])(?:${names.join('|')})(?!\\w)`, 'g')
  return names.length === 0 ? declared : declared.replaceAll(used, '(get_$&())')
}
