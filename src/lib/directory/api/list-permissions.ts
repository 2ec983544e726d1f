import type {Filter} from '../odata/filter.ts'
import type {Filterable, PermissionTableName} from '../rules/resource.ts'
import {listPermissions, type StoredAssignment, type StoredGrant} from '../store/permissions.ts'
import type {Queries} from '../store/schema.ts'
import {type Answer, context, ok, type TenantCall} from './call.ts'
import {pick} from './collection.ts'
import {nextLink, readFilter, readSelect, readSkipToken, readTop, refuseOthers} from './list-options.ts'

/** Roles or scopes that were given: which, how $filter asks for them, and how Graph shows them. */
export interface PermissionSet<Row> {
  readonly resource: Filterable & {readonly table: PermissionTableName}
  /** One column that says whose they are. */
  readonly where?: {readonly property: string; readonly value: string}
  show(db: Queries, rows: readonly Row[]): Promise<readonly object[]>
}

const usualPage = 100

/** One page of roles or scopes, as $filter, $select and $top want it. */
export async function answerPermissions<Row extends StoredAssignment | StoredGrant>(
  call: TenantCall,
  {resource, where, show}: PermissionSet<Row>,
): Promise<Answer> {
  refuseOthers(call, ['$filter', '$select', '$skiptoken', '$top'])
  const size = readTop(call) ?? usualPage
  const [, after] = readSkipToken(call.url.searchParams.get('$skiptoken')) ?? []
  const filter = both(where, readFilter(call, resource, true))
  const page = {
    tenantId: call.tenant.id,
    size: size + 1,
    ...(filter === undefined ? {} : {filter}),
    ...(after === undefined ? {} : {after}),
  }
  const {rows, value} = await call.services.store.read(async (db) => {
    const rows = (await listPermissions(db, resource, page)) as unknown as Row[]
    return {rows, value: await show(db, rows.slice(0, size))}
  })
  const last = rows.length > size ? rows[size - 1] : undefined
  const select = readSelect(call)
  return ok({
    '@odata.context': context(call, of(resource)),
    ...(last === undefined ? {} : {'@odata.nextLink': nextLink(call, [last.id, last.id])}),
    value: value.map((one) => pick(one, select)),
  })
}

/** As @odata.context names a set. */
export const of = ({table}: {readonly table: PermissionTableName}): string =>
  ({appRoleAssignments: 'appRoleAssignments', permissionGrants: 'oauth2PermissionGrants'})[table]

function both(where: PermissionSet<never>['where'], filter: Filter | undefined): Filter | undefined {
  if (where === undefined) return filter
  const own: Filter = {is: 'in', property: where.property, values: [where.value]}
  return filter === undefined ? own : {is: 'and', all: [own, filter]}
}
