import {noSuchProperty} from '../odata/check-filter.ts'
import {access} from '../rules/access.ts'
import {badRequest, notFound} from '../rules/graph-failure.ts'
import {auditLog, signInLog} from '../rules/log-properties.ts'
import type {Filterable, LogTableName} from '../rules/resource.ts'
import {findAudit} from '../store/audits.ts'
import {type LogPage, type LogSet, listLog, timeOf} from '../store/list-log.ts'
import type {Queries} from '../store/schema.ts'
import {findSignIn} from '../store/sign-ins.ts'
import {type Answer, type Call, context, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {pick} from './collection.ts'
import {nextLink, readFilter, readSelect, readSkipToken, readTop, refuseOthers} from './list-options.ts'
import {auditSequence, auditShown, signInShown, toGraphAudit, toGraphSignIn} from './to-graph-log.ts'

/** /auditLogs: what was changed, and who signed in or was refused. */
export const auditLogRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path: '/auditLogs/directoryAudits',
    needs: access.readAuditLogs,
    run: (call) => answerList(call, audits),
  },
  {method: 'GET', path: '/auditLogs/directoryAudits/:entry', needs: access.readAuditLogs, run: answerAudit},
  {method: 'GET', path: '/auditLogs/signIns', needs: access.readAuditLogs, run: (call) => answerList(call, signIns)},
  {method: 'GET', path: '/auditLogs/signIns/:entry', needs: access.readAuditLogs, run: answerSignIn},
]

/** One of the logs: how it is called and asked, and one page of it. */
interface Log {
  readonly of: string
  readonly log: Filterable & {readonly table: LogTableName}
  readonly shown: readonly string[]
  list(db: Queries, set: LogSet, page: LogPage): Promise<readonly Entry[]>
}

interface Entry {
  readonly key: readonly [time: string, sequence: string]
  readonly entry: object
}

const audits: Log = {
  of: 'auditLogs/directoryAudits',
  log: auditLog,
  shown: auditShown,
  async list(db, set, page) {
    const rows = await listLog(db, {...set, log: auditLog}, page)
    return rows.map((row) => ({key: [row.activityDateTime, `${row.sequence}`], entry: toGraphAudit(row)}))
  },
}

const signIns: Log = {
  of: 'auditLogs/signIns',
  log: signInLog,
  shown: signInShown,
  async list(db, set, page) {
    const rows = await listLog(db, {...set, log: signInLog}, page)
    return rows.map((row) => ({key: [row.createdDateTime, `${row.sequence}`], entry: toGraphSignIn(row)}))
  },
}

async function answerAudit(call: TenantCall): Promise<Answer> {
  const id = parameter(call, 'entry')
  const sequence = auditSequence(id)
  const row = await call.services.store.read((db) => findAudit(db, call.tenant.id, sequence))
  const entry = row === undefined ? undefined : toGraphAudit(row)
  return answerOne(call, audits, entry?.id === id ? entry : undefined)
}

async function answerSignIn(call: TenantCall): Promise<Answer> {
  const row = await call.services.store.read((db) => findSignIn(db, call.tenant.id, parameter(call, 'entry')))
  return answerOne(call, signIns, row === undefined ? undefined : toGraphSignIn(row))
}

function answerOne(call: TenantCall, log: Log, entry: object | undefined): Answer {
  refuseOthers(call, ['$select'])
  if (entry === undefined) throw notFound(parameter(call, 'entry'))
  return ok({'@odata.context': context(call, `${log.of}/$entity`), ...pick(entry, readShown(call, log))})
}

const largestPage = 1000

async function answerList(call: TenantCall, log: Log): Promise<Answer> {
  refuseOthers(call, ['$select', '$top', '$orderby', '$filter', '$skiptoken'])
  const {searchParams} = call.url
  const [select, size] = [readShown(call, log), readTop(call, largestPage) ?? largestPage]
  // Of logs ConsistencyLevel is not asked.
  const filter = readFilter(call, log.log, true)
  const after = readSkipToken(searchParams.get('$skiptoken'))
  const set = {tenantId: call.tenant.id, ...(filter === undefined ? {} : {filter})}
  const page = {descending: isDescending(call, log), size: size + 1, ...(after === undefined ? {} : {after})}
  const entries = await call.services.store.read((db) => log.list(db, set, page))
  const last = entries.length > size ? entries[size - 1] : undefined
  return ok({
    '@odata.context': context(call, log.of),
    ...(last === undefined ? {} : {'@odata.nextLink': nextLink(call, last.key)}),
    value: entries.slice(0, size).map(({entry}) => pick(entry, select)),
  })
}

function readShown(call: Call, {log, shown}: Log): readonly string[] | undefined {
  const select = readSelect(call)
  for (const name of select ?? []) if (!shown.includes(name)) throw noSuchProperty(name, log)
  return select
}

/** Newest first, unless the oldest are asked for. */
function isDescending({url}: Call, {log}: Log): boolean {
  const order = url.searchParams.get('$orderby')
  if (order === null) return true
  const [, name, direction] = /^(\w+)(?: +(asc|desc))?$/.exec(order.trim()) ?? []
  if (name !== timeOf[log.table])
    throw badRequest(`Unsupported sort property '${order}' for '${log.type}'.`, 'Request_UnsupportedQuery')
  return direction === 'desc'
}
