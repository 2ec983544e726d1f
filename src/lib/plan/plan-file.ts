import {FedctlError} from '../errors/fedctl-error.ts'
import {decodePlan} from './decode-plan.ts'
import type {Plan} from './plan.ts'

const version = 1

/** The text of a plan file: JSON with the version of its form. */
export const writePlan = (plan: Plan): string => `${JSON.stringify({fedctlPlan: version, plan}, null, 2)}\n`

/** Reads the text of a plan file; `source` names the file in the error. Throws PlanUnreadable. */
export function readPlan(text: string, source: string): Plan {
  const file = parse(text, source)
  if (typeof file !== 'object' || file === null || !('fedctlPlan' in file))
    throw unreadable(source, 'it is JSON of another kind')
  if (file.fedctlPlan !== version)
    throw unreadable(source, `its form has version ${String(file.fedctlPlan)}, this fedctl reads version ${version}`)
  const plan = decodePlan('plan' in file ? file.plan : undefined)
  if (!plan.ok)
    throw unreadable(source, plan.problem.startsWith('.') ? plan.problem.slice(1) : `the plan ${plan.problem}`)
  return plan.value
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreadable(source, 'it is not JSON', cause)
  }
}

const unreadable = (source: string, problem: string, cause?: unknown) =>
  new FedctlError('PlanUnreadable', `${source} is not a saved plan: ${problem}.`, {
    hints: ['Make a plan with --what-if --out FILE.'],
    cause,
  })
