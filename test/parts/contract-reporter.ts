import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type ContractCounts, countsFolder, descriptionFile} from './graph-contract.ts'

/** The sums of a test run; scripts/check.ts prints them. */
export const summaryFile = `${countsFolder}.json`

/** What a test run has validated. */
export interface ContractSummary {
  readonly validated: number
  readonly covered: readonly string[]
  readonly apart: Readonly<Record<string, number>>
  readonly violations: readonly string[]
}

/** Sums up what the test files have held against Graph's contract, says so, and fails the run when something broke it. */
export default class ContractReporter {
  #violations: readonly string[] = []

  onRunStart(): void {
    rmSync(countsFolder, {recursive: true, force: true})
    rmSync(summaryFile, {force: true})
  }

  onRunComplete(): void {
    if (!existsSync(countsFolder)) return
    const seen = readdirSync(countsFolder).map(
      (name) => JSON.parse(readFileSync(join(countsFolder, name), 'utf8')) as ContractCounts,
    )
    const summary = summaryOf(seen)
    this.#violations = summary.violations
    writeFileSync(summaryFile, JSON.stringify(summary, null, 2))
    process.stderr.write(`${contractLine(summary)}\n`)
  }

  getLastError(): Error | undefined {
    return this.#violations.length === 0 ? undefined : new Error(this.#violations.join('\n'))
  }
}

function summaryOf(seen: readonly ContractCounts[]): ContractSummary {
  const operations = sums(seen.map((counts) => counts.operations))
  const refusals = seen.reduce((sum, counts) => sum + counts.refusals, 0)
  return {
    validated: Object.values(operations).reduce((sum, count) => sum + count, refusals),
    covered: Object.keys(operations).sort(),
    apart: sums(seen.map((counts) => counts.apart)),
    violations: seen.flatMap(({violations}) => violations),
  }
}

function sums(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) total[name] = (total[name] ?? 0) + count
  return total
}

/** One line for a person. */
export function contractLine({validated, covered, apart, violations}: ContractSummary): string {
  const {paths} = JSON.parse(readFileSync(descriptionFile, 'utf8')) as {paths: Record<string, object>}
  const operations = Object.values(paths).flatMap((item) => Object.keys(item).filter((name) => name !== 'parameters'))
  const others = Object.entries(apart).map(([reason, count]) => `${count} ${reason}`)
  return `${validated} answers held against Graph's description (${covered.length} of its ${operations.length} operations), ${violations.length} violations; besides ${others.join(', ') || 'none'}`
}
