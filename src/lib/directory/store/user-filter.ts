import {type Expression, type ExpressionBuilder, type SqlBool, sql} from 'kysely'
import type {Comparison, Filter, Literal, TextMatch} from '../odata/filter.ts'
import {timestamp} from '../rules/timestamp.ts'
import {type UserProperty, type UserPropertyName, userProperties} from '../rules/user-properties.ts'
import {fold} from './fold.ts'
import type {Database} from './schema.ts'

type Asking = ExpressionBuilder<Database, 'users'>

const operators = {eq: '=', gt: '>', ge: '>=', lt: '<', le: '<='} as const

/** A checked filter as a condition on users; values are bound, never written into the SQL. */
export function whereUser(filter: Filter): (is: Asking) => Expression<SqlBool> {
  return (is) => conditionOf(filter, is)
}

function conditionOf(filter: Filter, is: Asking): Expression<SqlBool> {
  switch (filter.is) {
    case 'and':
    case 'or':
      return is[filter.is](filter.all.map((part) => conditionOf(part, is)))
    case 'not':
      return isNotTrue(conditionOf(filter.what, is))
    case 'compare':
      return compare(filter)
    case 'in':
      return isAmong(filter.property, filter.values)
    case 'match':
      return matches(columnOf(filter.property), filter.by, filter.value)
    case 'any':
      return is.exists(
        is
          .selectFrom('userAddresses')
          .select('userId')
          .whereRef('userAddresses.userId', '=', 'users.id')
          .where('userAddresses.property', '=', filter.property as 'otherMails')
          .where(
            filter.by === 'eq'
              ? sql<SqlBool>`${sql.ref('addressKey')} = ${fold(filter.value)}`
              : matches(sql.ref('addressKey'), filter.by, filter.value),
          ),
      )
  }
}

// What is not there is not equal: OData's ne and not are true where SQL's would be unknown.
const isNotTrue = (condition: Expression<SqlBool>): Expression<SqlBool> => sql<SqlBool>`(${condition}) is not true`

interface Compared {
  readonly property: string
  readonly by: Comparison
  readonly value: Literal
}

function compare({property, by, value}: Compared): Expression<SqlBool> {
  if (by === 'ne') return isNotTrue(compare({property, by: 'eq', value}))
  if (value === null) return by === 'eq' ? isNull(property) : sql<SqlBool>`false`
  const {column, stored} = operandsOf(property)
  return sql<SqlBool>`${column} ${sql.raw(operators[by])} ${stored(value)}`
}

function isAmong(property: string, values: readonly Literal[]): Expression<SqlBool> {
  const {column, stored} = operandsOf(property)
  const given = values.filter((value) => value !== null).map(stored)
  const among = sql<SqlBool>`${column} in (${sql.join(given)})`
  return given.length === values.length ? among : sql<SqlBool>`(${among} or ${isNull(property)})`
}

const isNull = (property: string): Expression<SqlBool> => sql<SqlBool>`${sql.ref(property)} is null`

/** The column to compare, and how it holds a value. */
function operandsOf(property: string): {
  column: Expression<unknown>
  stored: (value: Exclude<Literal, null>) => unknown
} {
  const {kind, exact}: UserProperty = userProperties[property as UserPropertyName]
  if (kind === 'flag') return {column: sql.ref(property), stored: Number}
  if (kind === 'time') return {column: sql.ref(property), stored: (value) => timestamp(new Date(String(value)))}
  if (exact) return {column: sql.ref(property), stored: (value) => value}
  return {column: columnOf(property), stored: (value) => fold(String(value))}
}

/** The column to compare with a folded value. */
function columnOf(property: string): Expression<string> {
  if (property === 'userPrincipalName') return sql.ref('upnKey')
  if (property === 'displayName') return sql.ref('displayNameKey')
  if (property === 'id') return sql.ref('id')
  return sql<string>`fold(${sql.ref(property)})`
}

function matches(column: Expression<string>, by: TextMatch, value: string): Expression<SqlBool> {
  const plain = fold(value).replaceAll(/[\\%_]/g, '\\$&')
  return sql<SqlBool>`${column} like ${by === 'startsWith' ? `${plain}%` : `%${plain}`} escape '\\'`
}
