import type {Finding} from '../model/finding.ts'
import {bad, good, type Reading} from '../model/reading.ts'
import type {Plan, Step} from './plan.ts'

/** Checks that a JSON value is a plan, property by property; says where it is not. A property that no plan has is refused too. */
export function decodePlan(value: unknown): Reading<Plan> {
  const problem = plan(value)
  return problem === undefined ? good(value as Plan) : bad(problem)
}

/** What is wrong with a value, as a clause; undefined: nothing. */
type Check = (value: unknown) => string | undefined

const text: Check = (value) => (typeof value === 'string' ? undefined : 'is not a text')
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'is not true or false')
// Far more than any thing has, and far less than comparing and writing can take.
const deepest = 32
const state: Check = (value) => {
  if (value === undefined) return 'is missing'
  return isWithin(value, deepest) ? undefined : `is nested more than ${deepest} deep`
}
const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => isWithin(one, levels - 1)))
const time: Check = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? undefined : 'is not a time'
// The id becomes a file name.
const id: Check = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9][\w.-]{0,127}$/.test(value) ? undefined : 'is not an id'
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((one) => one === value) ? undefined : `is none of: ${values.join(', ')}`
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value)

const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'is not a list'
    const problems = value.map((item, index) => within(`[${index}]`, check(item)))
    return problems.find((problem) => problem !== undefined)
  }

const objectOf =
  <T>(checks: Record<keyof T, Check>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object'
    const foreign = Object.keys(value).find((name) => !Object.hasOwn(checks, name))
    if (foreign !== undefined) return `has "${foreign}", which does not belong there`
    const found = value as Record<string, unknown>
    const problems = Object.entries<Check>(checks).map(([name, check]) => within(`.${name}`, check(found[name])))
    return problems.find((problem) => problem !== undefined)
  }

const within = (place: string, problem: string | undefined) =>
  problem === undefined ? undefined : place + (/^[.[]/.test(problem) ? problem : ` ${problem}`)

const step = objectOf<Step>({
  side: oneOf('identity provider', 'directory'),
  kind: text,
  target: text,
  action: text,
  manual: flag,
  before: state,
  after: state,
  proof: optional(flag),
  irreversible: optional(text),
})

const finding = objectOf<Finding>({
  severity: oneOf('error', 'warning', 'information'),
  code: text,
  subject: text,
  message: text,
  hint: text,
  final: optional(flag),
})

const plan = objectOf<Plan>({
  id,
  command: text,
  subject: text,
  tenantId: text,
  createdAt: time,
  takesBack: optional(id),
  summary: listOf(text),
  findings: listOf(finding),
  steps: listOf(step),
})
