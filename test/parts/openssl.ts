import {execFileSync, spawnSync} from 'node:child_process'

/** Whether this machine has OpenSSL's command. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** Runs openssl in a folder; what it wrote, also when it refused. */
export function openssl(folder: string, ...args: readonly string[]): string {
  return execFileSync('openssl', args, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}
