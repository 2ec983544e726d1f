import {type Expression, type ExpressionBuilder, type SqlBool, sql} from 'kysely'
import type {Comparison, Filter, Literal, TextMatch} from '../odata/filter.ts'
import {type Filterable, findProperty} from '../rules/resource.ts'
import {timestamp} from '../rules/timestamp.ts'
import {fold} from './fold.ts'
import type {Database} from './schema.ts'
import {descriptionMark, readWords} from './search-words.ts'

type Asking = ExpressionBuilder<Database, 'users'>

const operators = {eq: '=', gt: '>', ge: '>=', lt: '<', le: '<='} as const

/** A checked filter as a condition on objects of a kind; values are bound, never written into the SQL. */
export function whereObject(resource: Filterable, filter: Filter): (is: Asking) => Expression<SqlBool> {
  return (is) => conditionOf(filter, resource, is)
}

function conditionOf(filter: Filter, resource: Filterable, is: Asking): Expression<SqlBool> {
  switch (filter.is) {
    case 'and':
    case 'or':
      return is[filter.is](filter.all.map((part) => conditionOf(part, resource, is)))
    case 'not':
      return isNotTrue(conditionOf(filter.what, resource, is))
    case 'compare':
      return compare(filter, resource)
    case 'in':
      return isAmong(filter.property, filter.values, resource)
    case 'match':
      return matches(columnOf(filter.property, resource), filter.by, filter.value)
    case 'search':
      return searches(filter, resource, is)
    case 'empty':
      return isEmpty(filter.property, resource)
    case 'any':
      return hasValue(filter, resource, is)
  }
}

interface Sought {
  readonly property: string
  readonly by: 'eq' | TextMatch
  readonly value: string
}

function hasValue({property, by, value}: Sought, resource: Filterable, is: Asking): Expression<SqlBool> {
  const {table, lists} = resource
  if (lists === undefined) throw new Error(`${table} has no lists`)
  const column = findProperty(resource, property)?.column
  const key = sql.ref<string>(column ?? lists.key)
  const owners = is
    .selectFrom(lists.table as 'userAddresses')
    .select(`${lists.table}.${lists.owner} as owner` as 'userAddresses.userId as owner')
    .where(by === 'eq' ? sql<SqlBool>`${key} = ${fold(value)}` : matches(key, by, value))
  const found = column === undefined ? owners.where('property', '=', property as 'otherMails') : owners
  // Not exists: SQLite would look at every object.
  return sql<SqlBool>`${sql.ref(`${table}.${lists.ownerKey ?? 'id'}`)} in (${found})`
}

/** Words are found by how they begin, in any order; of other properties $search asks how they begin. */
function searches({property, value}: Omit<Sought, 'by'>, resource: Filterable, is: Asking): Expression<SqlBool> {
  const {kind} = findProperty(resource, property) ?? {}
  if (kind === 'texts') return hasValue({property, by: 'startsWith', value}, resource, is)
  if (property !== 'displayName' && property !== 'description')
    return startsWith(columnOf(property, resource), fold(value))
  const mark = property === 'description' ? descriptionMark : ''
  const words = sql<string>`(' ' || coalesce(${sql.ref('searchWords')}, ${sql.ref('displayNameKey')}))`
  return is.and(readWords(value).map((word) => sql<SqlBool>`${words} like ${`% ${mark}${word}%`}`))
}

const isEmpty = (property: string, resource: Filterable): Expression<SqlBool> =>
  findProperty(resource, property) === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(property)} = '[]'`

// What is not there is not equal: OData's ne and not are true where SQL's would be unknown.
const isNotTrue = (condition: Expression<SqlBool>): Expression<SqlBool> => sql<SqlBool>`(${condition}) is not true`

interface Compared {
  readonly property: string
  readonly by: Comparison
  readonly value: Literal
}

function compare({property, by, value}: Compared, resource: Filterable): Expression<SqlBool> {
  if (by === 'ne') return isNotTrue(compare({property, by: 'eq', value}, resource))
  if (value === null) return by === 'eq' ? isNull(property, resource) : sql<SqlBool>`false`
  const {column, stored} = operandsOf(property, resource)
  return sql<SqlBool>`${column} ${sql.raw(operators[by])} ${stored(value)}`
}

function isAmong(property: string, values: readonly Literal[], resource: Filterable): Expression<SqlBool> {
  const {column, stored} = operandsOf(property, resource)
  const given = values.filter((value) => value !== null).map(stored)
  if (given.length === 0) return values.length === 0 ? sql<SqlBool>`false` : isNull(property, resource)
  const among = sql<SqlBool>`${column} in (${sql.join(given)})`
  return given.length === values.length ? among : sql<SqlBool>`(${among} or ${isNull(property, resource)})`
}

const isNull = (property: string, resource: Filterable): Expression<SqlBool> =>
  sql<SqlBool>`${storedAs(property, resource)} is null`

/** What holds a property as it is. */
function storedAs(property: string, resource: Filterable): Expression<string> {
  const {always, column = property} = findProperty(resource, property) ?? {}
  return always === undefined ? sql.ref(column) : sql.lit(always)
}

/** The column to compare, and how it holds a value. */
function operandsOf(
  property: string,
  resource: Filterable,
): {
  column: Expression<unknown>
  stored: (value: Exclude<Literal, null>) => unknown
} {
  const {kind, exact, toMillisecond} = findProperty(resource, property) ?? {}
  const column = storedAs(property, resource)
  if (kind === 'flag' || kind === 'number') return {column, stored: Number}
  if (kind === 'time') {
    const write = toMillisecond ? (time: Date) => time.toISOString() : timestamp
    return {column, stored: (value) => write(new Date(String(value)))}
  }
  if (exact) return {column, stored: (value) => value}
  return {column: columnOf(property, resource), stored: (value) => fold(String(value))}
}

/** The column to compare with a folded value. */
function columnOf(property: string, resource: Filterable): Expression<string> {
  const key = findProperty(resource, property)?.key
  if (key !== undefined) return sql.ref(key)
  if (property === 'id') return sql.ref('id')
  return sql<string>`fold(${storedAs(property, resource)})`
}

function matches(column: Expression<string>, by: TextMatch, value: string): Expression<SqlBool> {
  const folded = fold(value)
  if (by === 'startsWith') return startsWith(column, folded)
  return sql<SqlBool>`${column} like ${`%${folded.replaceAll(/[\\%_]/g, '\\$&')}`} escape '\\'`
}

/** A range, for which an index on the column can serve. */
function startsWith(column: Expression<string>, start: string): Expression<SqlBool> {
  const end = afterAllThatStartWith(start)
  const from = sql<SqlBool>`${column} >= ${start}`
  return end === undefined ? from : sql<SqlBool>`(${from} and ${column} < ${end})`
}

/** The first text that comes after every text with this beginning, in the order of code points; undefined when there is none. */
function afterAllThatStartWith(start: string): string | undefined {
  const points = [...start].map((character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === lastCodePoint) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  // What follows is half of a pair by itself, which is no character.
  const next = last === 0xd7ff ? 0xe000 : last + 1
  return String.fromCodePoint(...points, next)
}

const lastCodePoint = 0x10ffff
