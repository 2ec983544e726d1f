// Loads the parts of the bundle together with the code that V8 made of them when they were built (scripts/keep-code.ts). Node's own
// compile cache keeps only what is compiled at once, not the functions that are compiled when they are first called.
const {existsSync, readFileSync} = require('node:fs')
const {join} = require('node:path')
const {Script} = require('node:vm')

const bundle = join(__dirname, '..', 'dist', 'bundle')
const code = join(bundle, `code-${process.version}-${process.arch}`)
const modules = new Map()
const scripts = new Map()

/** Where the code of a part is kept; it is of this version of Node only. */
const codeOf = (name) => join(code, `${name}.bin`)

/** Whether code was kept for this Node. */
const hasCode = () => existsSync(code)

/** What the part of the bundle exports. */
function load(name) {
  if (!name.startsWith('./')) return require(name)
  const loaded = modules.get(name)
  if (loaded !== undefined) return loaded.exports
  const filename = join(bundle, name)
  const source = `(function(exports,require,module,__dirname){${readFileSync(filename, 'utf8')}\n})`
  const script = new Script(source, {filename, cachedData: keptCode(name)})
  const module = {exports: {}}
  modules.set(name, module)
  scripts.set(name, script)
  script.runInThisContext()(module.exports, load, module, bundle)
  return module.exports
}

function keptCode(name) {
  try {
    return readFileSync(codeOf(name))
  } catch {
    return undefined
  }
}

module.exports = {load, hasCode, code, codeOf, scripts}
