#!/usr/bin/env node
// Checks the Node version before anything else is loaded, then runs one command line.
const {existsSync} = require('node:fs')
const {join} = require('node:path')

const [major, minor] = process.versions.node.split('.').map(Number)
const isNewEnough = major >= 26 || (major === 24 && minor >= 15)
const program = join(__dirname, '..', 'dist', 'bundle', 'fedctl.cjs')

if (!isNewEnough) startAgainWithOurNode()
else if (!existsSync(program)) refuse('fedctl is not built yet. Run: npm run build')
else loadProgram().runProcess()

/** With the code kept for this Node; else as it is, with Node's own compile cache. */
function loadProgram() {
  const {hasCode, load} = require('./load.js')
  if (hasCode()) return load('./fedctl.cjs')
  require('node:module').enableCompileCache()
  return require(program)
}

/** A clone brings Node 24 as a package; an older Node hands over to it, and says what is missing when it is not there. */
function startAgainWithOurNode() {
  const found = `v${process.versions.node} (${process.execPath})`
  const ours = ['bin/node', 'bin/node.exe']
    .map((name) => join(__dirname, '..', 'node_modules', 'node', name))
    .find(existsSync)
  if (ours === undefined)
    return refuse(
      `fedctl needs Node.js 24.15 or newer (or 26); this is ${found}. Install it, or in a clone run: npm ci`,
    )
  // Ctrl-C reaches the child by itself: both belong to the terminal. What is sent to this process alone is passed on.
  process.on('SIGINT', () => undefined)
  // The channel tells the child when this process is gone, even when it was killed.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const child = require('node:child_process').spawn(ours, process.argv.slice(1), {stdio})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', ({message}) => refuse(`fedctl cannot start ${ours}: ${message}`))
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function refuse(why) {
  process.stderr.write(`${why}\n`)
  process.exitCode = 78
}
