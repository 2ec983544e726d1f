import type {Plan, State, Step} from '../../lib/plan/plan.ts'
import {sameState} from '../../lib/plan/same-state.ts'
import type {OutputFormat} from '../flags/common-flags.ts'

/** Writes what stands before the steps of a plan: what it is, what a person must know, what was found. Only where people read. */
export function planPreface(plan: Plan, format: OutputFormat, {write}: {write: (text: string) => void}): void {
  if (!isForPeople(format)) return
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

/** The step as people look at it: of two states that have properties, those that differ. */
export function onlyDifferences(step: Step): Step {
  const {before, after} = step
  if (!isRecord(before) || !isRecord(after)) return step
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const different = names.filter((name) => !sameState(before[name] ?? null, after[name] ?? null))
  const only = (state: Readonly<Record<string, State>>): State =>
    Object.fromEntries(different.map((name) => [name, state[name] ?? null]))
  return {...step, before: only(before), after: only(after)}
}

const isRecord = (state: State): state is Readonly<Record<string, State>> =>
  typeof state === 'object' && state !== null && !Array.isArray(state)

/** Whether a person reads this format. */
export const isForPeople = (format: OutputFormat): boolean => ['table', 'list', 'markdown'].includes(format)
