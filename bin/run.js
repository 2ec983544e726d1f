#!/usr/bin/env node
// Checks the Node version before anything else is loaded, then runs one command line.
const {existsSync} = require('node:fs')
const {join} = require('node:path')

const [major, minor] = process.versions.node.split('.').map(Number)
const isNewEnough = major >= 26 || (major === 24 && minor >= 15)
const program = join(__dirname, '..', 'dist', 'bundle', 'fedctl.cjs')

if (!isNewEnough) {
  startAgainWithOurNode()
} else if (existsSync(program)) {
  require('node:module').enableCompileCache?.()
  require(program).runProcess()
} else {
  process.stderr.write('fedctl is not built yet. Run: npm run build\n')
  process.exitCode = 78
}

/** A clone brings Node 24 as a package; an older Node hands over to it, and says what is missing when it is not there. */
function startAgainWithOurNode() {
  const ours = ['bin/node', 'bin/node.exe']
    .map((name) => join(__dirname, '..', 'node_modules', 'node', name))
    .find(existsSync)
  if (ours === undefined) {
    const found = `v${process.versions.node} (${process.execPath})`
    process.stderr.write(
      `fedctl needs Node.js 24.15 or newer; this is ${found}. Install it from your package manager, or run: npm ci\n`,
    )
    process.exitCode = 78
    return
  }
  const {spawnSync} = require('node:child_process')
  const {status, signal} = spawnSync(ours, process.argv.slice(1), {stdio: 'inherit'})
  if (signal !== null) process.kill(process.pid, signal)
  process.exitCode = status ?? 70
}
