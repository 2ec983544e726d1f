// Bundles the built program into dist/bundle: fedctl.cjs, which bin/run.js loads, and a file for every part that is loaded when it is needed.
import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {type BuildOptions, build} from 'esbuild'
import {lazyRequires} from './lazy-requires.ts'

const folder = 'dist/bundle'
const common: BuildOptions = {
  outdir: folder,
  outExtension: {'.js': '.cjs'},
  platform: 'node',
  target: 'node24',
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

await rm(folder, {recursive: true, force: true})
// esbuild splits ES modules only …
await build({
  ...common,
  entryPoints: {fedctl: 'src/cli/main.ts'},
  bundle: true,
  splitting: true,
  format: 'esm',
  define: {'import.meta.dirname': '__dirname'},
  plugins: [lazyRequires],
})
// … and Node loads CommonJS faster.
await build({
  ...common,
  entryPoints: (await readdir(folder)).map((name) => join(folder, name)),
  allowOverwrite: true,
  format: 'cjs',
  supported: {'dynamic-import': false},
})
