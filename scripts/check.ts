// The gate: every check in one run, in the order of what is quickest to fix. Ends with "N passed, N failed".
import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {contractLine, summaryFile} from '../test/parts/contract-reporter.ts'
import {descriptionFile} from '../test/parts/graph-contract.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)
const results = join(root, 'dist', 'test-results.json')
const node = process.execPath

interface Check {
  readonly name: string
  readonly command: readonly string[]
  readonly holds?: (output: string) => boolean
}

const checks: readonly Check[] = [
  {name: 'format and lint', command: [bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '.']},
  {name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json']},
  {name: 'types of tests and scripts', command: [bin('tsc'), '-p', 'tsconfig.test.json']},
  {
    name: 'import map',
    command: [bin('depcruise'), 'dist', '--config', '.dependency-cruiser.cjs'],
    // Without modules there are no violations either.
    holds: (output) => Number(/(\d+) modules/.exec(output)?.[1] ?? 0) > 50,
  },
  {name: 'unused code', command: [bin('knip'), '--no-progress']},
  {name: 'bundle', command: [node, 'scripts/bundle.ts']},
  {name: 'generated files', command: [node, 'scripts/generate.ts', '--check']},
  {
    name: 'tests',
    command: [
      node,
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--json',
      `--outputFile=${results}`,
    ],
    // What breaks Graph's contract fails its test; that nothing was held against it would go unseen.
    holds: () => !existsSync(descriptionFile) || existsSync(summaryFile),
  },
]

function run({name, command, holds}: Check): boolean {
  const started = Date.now()
  const [file = '', ...words] = command
  const {status, stdout, stderr} = spawnSync(file, words, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 28})
  const isGood = status === 0 && (holds?.(stdout + stderr) ?? true)
  console.log(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!isGood) console.log(name === 'tests' ? stderr : stdout + stderr)
  return isGood
}

for (const file of [results, summaryFile]) rmSync(file, {force: true})
const failed = checks.filter((check) => !run(check))
if (existsSync(summaryFile)) console.log(contractLine(JSON.parse(readFileSync(summaryFile, 'utf8'))))
const tests = testCounts()
const passed = tests.passed + checks.length - failed.length
console.log(
  `${passed} passed, ${tests.failed + failed.filter(({name}) => name !== 'tests' || tests.failed === 0).length} failed`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function testCounts(): {passed: number; failed: number} {
  try {
    const {numPassedTests, numFailedTests} = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>
    return {passed: numPassedTests ?? 0, failed: numFailedTests ?? 0}
  } catch {
    return {passed: 0, failed: 0}
  }
}
