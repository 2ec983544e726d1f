import type {Plan} from '../../lib/plan/plan.ts'
import type {OutputFormat} from '../flags/common-flags.ts'

/** Writes what stands before the steps of a plan: what it is, what a person must know, what was found. Only where people read. */
export function planPreface(plan: Plan, format: OutputFormat, {write}: {write: (text: string) => void}): void {
  if (format !== 'table' && format !== 'list' && format !== 'markdown') return
  const isMarkdown = format === 'markdown'
  const bullet = isMarkdown ? '* ' : '  '
  const findings = plan.findings.map(
    ({severity, code, message, hint}) => `${bullet}${severity} ${code}: ${message} ${hint}`,
  )
  const lines = [
    `${isMarkdown ? '## ' : ''}${plan.command} ${plan.subject}`,
    ...plan.summary.map((line) => bullet + line),
    ...findings,
    '',
  ]
  write(`${lines.join('\n')}\n`)
}
