import {badRequest} from '../rules/graph-failure.ts'
import {type Filterable, findProperty, graphType, type ObjectProperty} from '../rules/resource.ts'
import type {Filter, Literal} from './filter.ts'
import {invalidFilter} from './filter-tokens.ts'

/** Refuses a filter that a kind of objects cannot be asked with; `advanced` says that the request is an advanced query. */
export function checkFilter(filter: Filter, resource: Filterable, advanced: boolean): void {
  if (!advanced) refuseManyChoices(filter)
  switch (filter.is) {
    case 'and':
    case 'or':
      for (const part of filter.all) checkFilter(part, resource, advanced)
      return
    case 'not':
      requireAdvanced('not', advanced)
      checkFilter(filter.what, resource, advanced)
      return
    case 'compare': {
      if (filter.by === 'ne' && !advanced)
        throw badRequest("Filter operator 'NotEqualsMatch' is not supported.", 'Request_UnsupportedQuery')
      const rule = ruleOf(filter.property, filter.by === 'ne' ? 'eq' : filter.by, {resource, advanced})
      checkValue(filter.property, rule, {resource, value: filter.value})
      return
    }
    case 'in': {
      const rule = ruleOf(filter.property, 'eq', {resource, advanced})
      for (const value of filter.values) checkValue(filter.property, rule, {resource, value})
      return
    }
    case 'empty':
      requireAdvanced('$count', advanced)
      if (
        findProperty(resource, filter.property)?.kind !== 'texts' &&
        constantList(resource, filter.property) === undefined
      )
        throw unsupported(filter.property, resource)
      return
    case 'search':
      checkSearch(filter.property, resource)
      return
    default:
      if (filter.by === 'endsWith') requireAdvanced('endsWith', advanced)
      if ((ruleOf(filter.property, filter.by, {resource, advanced}).kind === 'texts') !== (filter.is === 'any'))
        throw unsupported(filter.property, resource)
  }
}

const mostChoices = 15

/** What Graph demands of queries that are not advanced; of those it limits the length of the URL. */
function refuseManyChoices(filter: Filter): void {
  const choices = choicesIn(filter)
  if (choices > mostChoices)
    throw badRequest(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${choices}. Max allowed: ${mostChoices}.`,
      'Request_UnsupportedQuery',
    )
}

function choicesIn(filter: Filter): number {
  if (filter.is === 'in') return filter.values.length
  return filter.is === 'or' ? filter.all.reduce((sum, part) => sum + choicesIn(part), 0) : 1
}

function requireAdvanced(operator: string, advanced: boolean): void {
  if (advanced) return
  throw badRequest(
    `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    'Request_UnsupportedQuery',
  )
}

/** What is filtered by its beginning can be searched; names and descriptions by their words. */
function checkSearch(property: string, resource: Filterable): void {
  const rule = findProperty(resource, property)
  if (rule === undefined) throw noSuchProperty(property, resource)
  if (rule.startsWith === undefined) throw unsupported(property, resource)
}

/** A list of Graph's that is the same for every object of a kind; undefined of what is no such list. */
const constantList = ({constants = {}}: Filterable, property: string): unknown =>
  Object.hasOwn(constants, property) && Array.isArray(constants[property]) ? constants[property] : undefined

type Operator = 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'startsWith' | 'endsWith'

interface Asked {
  readonly resource: Filterable
  readonly advanced: boolean
}

function ruleOf(property: string, operator: Operator, {resource, advanced}: Asked): ObjectProperty {
  const rule = findProperty(resource, property)
  if (rule === undefined) throw noSuchProperty(property, resource)
  const needs = needOf(rule, operator)
  if (needs === undefined || (needs === 'advanced' && !advanced)) throw unsupported(property, resource)
  return rule
}

/** The refusal of a name that the kind of objects does not have. */
export const noSuchProperty = (property: string, resource: Filterable) =>
  badRequest(`Could not find a property named '${property}' on type '${graphType(resource)}'.`, 'BadRequest')

function needOf(rule: ObjectProperty, operator: Operator): ObjectProperty['eq'] {
  if (operator === 'endsWith') return rule.endsWith ? 'advanced' : undefined
  if (operator === 'startsWith' || operator === 'eq') return rule[operator]
  // Graph compares by size what has an order: times, and a few texts.
  return rule.kind === 'time' || rule.kind === 'text' ? rule.eq : undefined
}

const literals = {
  flag: {wanted: 'boolean', says: 'true or false'},
  number: {wanted: 'number', says: 'a number'},
  text: {wanted: 'string', says: 'a string'},
} as const

interface Given {
  readonly resource: Filterable
  readonly value: Literal
}

function checkValue(property: string, {kind}: ObjectProperty, {resource, value}: Given): void {
  if (kind === 'texts') throw unsupported(property, resource)
  const {wanted, says} = kind === 'flag' || kind === 'number' ? literals[kind] : literals.text
  if (value !== null && typeof value !== wanted)
    throw invalidFilter(`${JSON.stringify(value)}, where ${property} needs ${says}`)
  if (kind === 'time' && value !== null && Number.isNaN(Date.parse(String(value))))
    throw invalidFilter(`'${value}', where ${property} needs a time`)
}

const unsupported = (property: string, {type}: Filterable) =>
  badRequest(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${type}'.`,
    'Request_UnsupportedQuery',
  )
