// Bundles the built program into dist/bundle: fedctl.cjs, which bin/run.js loads, and a file for every part that is loaded when it is needed.
import {spawnSync} from 'node:child_process'
import {readdir, rm, writeFile} from 'node:fs/promises'
import {basename, join, relative} from 'node:path'
import {type BuildOptions, build} from 'esbuild'
import {lazyOclif, toLazyRequires} from './lazy-requires.ts'

const folder = 'dist/bundle'
const common: BuildOptions = {
  outdir: folder,
  outExtension: {'.js': '.cjs'},
  platform: 'node',
  target: 'node24',
  minifyWhitespace: true,
  lineLimit: 200,
  legalComments: 'none',
  logLevel: 'warning',
}

await rm(folder, {recursive: true, force: true})
// esbuild splits ES modules only …
const {metafile} = await build({
  ...common,
  entryPoints: {fedctl: 'src/cli/main.ts'},
  bundle: true,
  // oclif itself, which only autocomplete runs, finds its plugins and our commands by their files; pg looks for parts that may be there.
  external: ['@oclif/core/execute', 'pg'],
  splitting: true,
  format: 'esm',
  define: {'import.meta.dirname': '__dirname'},
  plugins: [lazyOclif],
  metafile: true,
})
// … and Node loads CommonJS faster, which can also wait until something is used.
const {outputFiles} = await build({
  ...common,
  entryPoints: (await readdir(folder)).map((name) => join(folder, name)),
  format: 'cjs',
  supported: {'dynamic-import': false},
  write: false,
})
for (const {path, text} of outputFiles) await writeFile(path, toLazyRequires(text) + packageExports(path))
await writeFile(join(folder, 'parts.json'), JSON.stringify(parts(), undefined, 1))
const {status} = spawnSync(process.execPath, ['scripts/keep-code.ts'], {stdio: ['ignore', 'ignore', 'inherit']})
if (status !== 0) console.warn('No compiled code could be kept: every start has to compile.')

/** A CommonJS package that is imported dynamically gives its names, not only a default, as it does in Node. */
function packageExports(path: string): string {
  const {entryPoint = '', exports} = metafile.outputs[relative(process.cwd(), path)] ?? {exports: []}
  const isDefaultOnly = exports.length === 1 && exports[0] === 'default'
  return entryPoint.includes('node_modules') && isDefaultOnly ? 'module.exports=module.exports.default;\n' : ''
}

/** Which files each part is made of. */
function parts(): Record<string, string[]> {
  const outputs = Object.entries(metafile.outputs)
  return Object.fromEntries(outputs.map(([path, {inputs}]) => [basename(path), Object.keys(inputs)]))
}
