import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'

/** A package as it was found: of which version, and what it exports. */
export interface InstalledPackage {
  readonly version: string
  // biome-ignore lint/suspicious/noExplicitAny: packages that are only measured; their types are not installed.
  readonly exported: any
}

/**
 * Installs a package into a folder of its own under this one, outside every repository and lock, without running its scripts: the first of
 * these exact versions that the registry has; undefined when it has none.
 */
export function installPackage(
  name: string,
  versions: readonly string[],
  {folder, overrides = {}}: {readonly folder: string; readonly overrides?: Readonly<Record<string, string>>},
): InstalledPackage | undefined {
  for (const version of versions) {
    const own = join(folder, `${name.replaceAll('/', '-')}-${version}`)
    mkdirSync(own)
    writeFileSync(
      join(own, 'package.json'),
      JSON.stringify({private: true, dependencies: {[name]: version}, overrides}),
    )
    try {
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund']
      execFileSync('npm', ['install', ...flags], {cwd: own, stdio: 'ignore', timeout: 120_000})
      return {version, exported: createRequire(join(own, 'package.json'))(name)}
    } catch {
      // Not to be had, or not in this version: the next one, and else the caller says so.
    }
  }
  return undefined
}
