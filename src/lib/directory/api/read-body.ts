import {badRequest, invalidValue} from '../rules/graph-failure.ts'
import type {BodyOf, Properties, Property} from '../rules/property.ts'
import type {Call} from './call.ts'

const mostCharacters = 1_000_000
// What is deeper could not be written again.
const mostLevels = 100

/** Reads the body as JSON and holds every property against its rule; refuses what no rule names. Annotations (@odata…) are passed over. */
export const readBody = <const Rules extends Properties>(call: Call, resource: string, rules: Rules): BodyOf<Rules> =>
  readProperties(readJson(call.request.body), resource, rules)

/** As readBody, where nothing needs to be said. */
export const readOptionalBody = <const Rules extends Properties>(
  call: Call,
  resource: string,
  rules: Rules,
): BodyOf<Rules> => readProperties(readJson(call.request.body || '{}'), resource, rules)

/** As readBody, for a JSON object inside a body. */
export function readProperties<const Rules extends Properties>(
  json: object,
  resource: string,
  rules: Rules,
): BodyOf<Rules> {
  const entries = Object.entries(json).filter(([name]) => !name.startsWith('@'))
  for (const [name, value] of entries) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule === undefined)
      throw badRequest(`Property '${name}' does not exist as a declared property or extension property.`)
    if (rule.readOnly) throw badRequest(`Property '${name}' is read-only and cannot be set.`)
    const problem = problemOf(value, rule)
    if (problem !== undefined) throw invalidValue(name, resource, problem)
  }
  return Object.fromEntries(entries) as BodyOf<Rules>
}

/** The body as a JSON object, nothing known of its properties. */
export function readJson(text: string | undefined): object {
  if (text === undefined || text === '') throw badRequest('Empty Payload. JSON content expected.', 'BadRequest')
  if (text.length > mostCharacters) throw badRequest(`The request body has more than ${mostCharacters} characters.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    )
  }
  if (!isObject(json)) throw badRequest('The request body must be a JSON object.')
  if (isDeeper(json, mostLevels)) throw badRequest(`The request body has more than ${mostLevels} levels.`)
  return json
}

const isDeeper = (value: object, levels: number): boolean =>
  levels === 0 ||
  Object.values(value).some((part) => typeof part === 'object' && part !== null && isDeeper(part, levels - 1))

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function problemOf(value: unknown, rule: Property): string | undefined {
  if (value === null) return rule.notNull || rule.kind === 'texts' ? 'it cannot be null' : undefined
  return problems[rule.kind](value, rule)
}

const problems: Readonly<Record<Property['kind'], (value: unknown, rule: Property) => string | undefined>> = {
  text: (value, rule) => (typeof value === 'string' ? textProblem(value, rule) : 'it must be a string'),
  flag: (value) => (typeof value === 'boolean' ? undefined : 'it must be true or false'),
  number: (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'it must be a whole number'),
  object: (value) => (isObject(value) ? undefined : 'it must be an object'),
  objects: (value, {most = 250}) => {
    if (!Array.isArray(value) || !value.every(isObject)) return 'it must be a list of objects'
    return value.length > most ? `it has more than ${most} values` : undefined
  },
  time: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
      ? undefined
      : 'it must be a time in UTC, as in 2026-11-21T10:00:00Z',
  texts(value, rule) {
    if (!Array.isArray(value)) return 'it must be a list of strings'
    const {most = 250} = rule
    if (value.length > most) return `it has more than ${most} values`
    const wrong = value.map((item) => (typeof item === 'string' ? textProblem(item, rule) : 'each must be a string'))
    return wrong.find((problem) => problem !== undefined)
  },
}

function textProblem(value: string, {max = 1024, form, oneOf}: Property): string | undefined {
  if (value === '') return 'it is empty (null clears it)'
  if (value.length > max) return `it has more than ${max} characters`
  if (/\p{Cc}/u.test(value)) return 'it has a control character'
  if (!value.isWellFormed()) return 'it has half of a surrogate pair'
  if (oneOf !== undefined && !oneOf.includes(value)) return `it must be one of ${oneOf.join(', ')}`
  if (form !== undefined && !form.pattern.test(value)) return form.says
  return undefined
}
