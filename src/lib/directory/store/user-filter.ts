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
      return is.or(filter.values.map((value) => compare({property: filter.property, by: 'eq', value})))
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
  const column = property as UserPropertyName
  if (value === null) return sql<SqlBool>`${sql.ref(column)} is null`
  const {kind, exact}: UserProperty = userProperties[column]
  const operator = sql.raw(operators[by])
  if (kind === 'flag') return sql<SqlBool>`${sql.ref(column)} ${operator} ${Number(value)}`
  if (kind === 'time') return sql<SqlBool>`${sql.ref(column)} ${operator} ${timestamp(new Date(String(value)))}`
  if (exact) return sql<SqlBool>`${sql.ref(column)} ${operator} ${value}`
  return sql<SqlBool>`${columnOf(column)} ${operator} ${fold(String(value))}`
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
