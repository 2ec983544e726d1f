// Bundles the built program into one CommonJS file, dist/bundle/fedctl.cjs: Node compiles and caches one file, rooms load when asked for.
import {build} from 'esbuild'

await build({
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/bundle/fedctl.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  legalComments: 'none',
  define: {'import.meta.dirname': '__dirname'},
  logLevel: 'warning',
})
