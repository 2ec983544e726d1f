import type {Filter} from '../odata/filter.ts'
import {parseFilter} from '../odata/parse-filter.ts'
import type {Access} from '../rules/access.ts'
import {badRequest} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import {attach, type Showing} from '../store/attach.ts'
import {lastSequence, listChanges} from '../store/changes.ts'
import {findObjects, listObjects, type StoredObject} from '../store/list-objects.ts'
import type {LinkProperty} from '../store/object-tables.ts'
import type {Queries} from '../store/schema.ts'
import type {AuditTarget} from './audit.ts'
import {type Answer, context, ok, type TenantCall, type TenantRoute} from './call.ts'
import {tellLinks} from './delta-links.ts'
import {type DeltaState, mostIds, readDeltaToken, writeDeltaToken} from './delta-token.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {columnsOf, readShown, toGraphObject} from './to-graph-object.ts'

/** A kind of objects whose changes can be asked for. */
export interface DeltaKind {
  readonly resource: Resource
  readonly needs: Access
  /** As the audit log calls it. */
  readonly auditType: AuditTarget['type']
  /** Links whose changes are told beside those of the object: `members`. */
  readonly links?: readonly LinkProperty[]
}

/** GET /{set}/delta: every object first, and by the link at its end what has changed since then. */
export const deltaRoute = (kind: DeltaKind): TenantRoute => ({
  method: 'GET',
  path: `/${kind.resource.table}/delta`,
  needs: kind.needs,
  run: (call) => answerDelta(call, kind),
})

interface Page {
  readonly value: readonly object[]
  readonly next: DeltaState
  readonly isLast: boolean
}

async function answerDelta(call: TenantCall, kind: DeltaKind): Promise<Answer> {
  const {store} = call.services
  const {value, next, isLast} = await store.read(async (db) => {
    const state = await readState(db, call, kind)
    const {searchParams} = call.url
    if (searchParams.get('$deltatoken') === 'latest') return {value: [], next: state, isLast: true}
    const hasBegun = searchParams.has('$skiptoken') || searchParams.has('$deltatoken')
    return !hasBegun || state.after !== undefined
      ? listAll(db, call, {kind, state})
      : listChanged(db, call, {kind, state})
  })
  const link = new URL(call.url.pathname, call.url)
  link.search = `${isLast ? '$deltatoken' : '$skiptoken'}=${writeDeltaToken(next)}`
  const of = next.select === undefined ? kind.resource.table : `${kind.resource.table}(${next.select.join(',')})`
  return ok({
    '@odata.context': context(call, of),
    [isLast ? '@odata.deltaLink' : '@odata.nextLink']: link.href,
    value,
  })
}

/** How far the client has come, by its token; what it asks for when it begins. */
async function readState(db: Queries, call: TenantCall, kind: DeltaKind): Promise<DeltaState> {
  const {resource} = kind
  const about = {tenantId: call.tenant.id, of: resource.table, now: call.services.now()}
  const {searchParams} = call.url
  const token = searchParams.get('$skiptoken') ?? searchParams.get('$deltatoken')
  // A token says everything that was asked when it was given.
  if (token !== null && token !== 'latest') return readDeltaToken(token, about)
  refuseOthers(call, ['$select', '$filter', '$deltatoken'])
  const select = readSelect(call)
  readShown(resource, ownOf(kind, select))
  const ids = readIds(searchParams.get('$filter'))
  const {now, ...own} = about
  const asked = {...(select === undefined ? {} : {select}), ...(ids === undefined ? {} : {ids})}
  // Before anything is listed: what changes meanwhile is told again.
  return {...own, ...asked, since: await lastSequence(db), time: now.getTime()}
}

/** The ids of a $filter, which can say nothing else. */
function readIds(text: string | null): readonly string[] | undefined {
  if (text === null) return undefined
  const filter = parseFilter(text)
  const ids = (filter.is === 'or' ? filter.all : [filter]).map(idOf)
  if (ids.length > mostIds)
    throw badRequest(`A delta query can be filtered by ${mostIds} ids at most.`, 'Request_UnsupportedQuery')
  return ids
}

function idOf(filter: Filter): string {
  if (filter.is === 'compare' && filter.by === 'eq' && filter.property === 'id' && typeof filter.value === 'string')
    return filter.value.toLowerCase()
  throw badRequest("A delta query can be filtered only by id: id eq '…' or id eq '…'.", 'Request_UnsupportedQuery')
}

interface Asked {
  readonly kind: DeltaKind
  readonly state: DeltaState
}

/** A page of the first round: objects as they are, in the order in which they were made. */
async function listAll(db: Queries, call: TenantCall, {kind, state}: Asked): Promise<Page> {
  const {resource} = kind
  const size = pageSize(call)
  const {after, ...begun} = state
  const columns = columnsOf(resource, shownOf(kind, state))
  const page = {columns, size: size + 1, order: {by: 'createdDateTime', descending: false}}
  const among = {resource, tenantId: state.tenantId, ...(state.ids === undefined ? {} : {filter: toFilter(state.ids)})}
  const objects = await listObjects(db, among, after === undefined ? page : {...page, after})
  const shown = await attach(db, resource, showing(kind, state, objects.slice(0, size)))
  const last = objects.length > size ? shown.at(-1) : undefined
  const unknown = shown.map(({id}) => id)
  const links = await tellLinks(db, {properties: linksOf(kind, state), unknown, changes: []})
  const value = shown.map((object) => ({...toChanged(kind, state, object), ...links.get(object.id)}))
  if (last === undefined) return {value, next: begun, isLast: true}
  return {value, next: {...begun, after: [last.createdDateTime, last.id]}, isLast: false}
}

const toFilter = (values: readonly string[]): Filter => ({is: 'in', property: 'id', values})

/** A page of a later round: the objects that its changes are of, as they are now. */
async function listChanged(db: Queries, call: TenantCall, {kind, state}: Asked): Promise<Page> {
  const {resource, auditType: type} = kind
  const {upTo = {sequence: await lastSequence(db), time: call.services.now().getTime()}, since, ...asked} = state
  const size = pageSize(call)
  const set = {tenantId: state.tenantId, type, after: since, upTo: upTo.sequence}
  const changes = await listChanges(db, set, size + 1)
  const page = changes.slice(0, size)
  const told = page.filter(
    ({objectId, isOfWhole, properties}) =>
      (state.ids?.includes(objectId) ?? true) &&
      (isOfWhole || state.select === undefined || properties.some((name) => state.select?.includes(name))),
  )
  const ids = [...new Set(told.map(({objectId}) => objectId))]
  const found = await attach(db, resource, showing(kind, state, await findObjects(db, resource.table, ids)))
  const objects = new Map(found.map((object) => [object.id, object]))
  const unknown = told.filter(({isOfWhole}) => isOfWhole).map(({objectId}) => objectId)
  const links = await tellLinks(db, {properties: linksOf(kind, state), unknown, changes: told})
  const value = ids.map((id) => toNow(kind, state, {id, object: objects.get(id), links: links.get(id)}))
  const last = changes.length > size ? page.at(-1) : undefined
  if (last === undefined) return {value, next: {...asked, since: upTo.sequence, time: upTo.time}, isLast: true}
  return {value, next: {...asked, upTo, since: last.sequence}, isLast: false}
}

interface Known {
  readonly id: string
  readonly object: StoredObject | undefined
  readonly links: object | undefined
}

function toNow(kind: DeltaKind, state: DeltaState, {id, object, links}: Known): object {
  if (object === undefined) return {id, '@removed': {reason: 'deleted'}}
  if (object['deletedDateTime'] !== null) return {id, '@removed': {reason: 'changed'}}
  return {...toChanged(kind, state, object), ...links}
}

const toChanged = (kind: DeltaKind, state: DeltaState, object: StoredObject): object =>
  toGraphObject(kind.resource, object, shownOf(kind, state))

const showing = (kind: DeltaKind, state: DeltaState, objects: readonly StoredObject[]): Showing => ({
  tenantId: state.tenantId,
  objects,
  shown: shownOf(kind, state),
})

/** The id is shown in any case. */
const shownOf = (kind: DeltaKind, {select}: DeltaState): readonly string[] => [
  ...new Set(['id', ...readShown(kind.resource, ownOf(kind, select))]),
]

/** What is selected of the object itself. */
const ownOf = ({links = []}: DeltaKind, select: readonly string[] | undefined): readonly string[] | undefined =>
  select?.filter((name) => !links.some((link) => link === name))

/** The links that are told: all, unless some are selected. */
const linksOf = ({links = []}: DeltaKind, {select}: DeltaState): readonly LinkProperty[] =>
  links.filter((link) => select?.includes(link) ?? true)

const [usualPage, largestPage] = [100, 999]

/** As many as the client prefers (OData 4.01 part 1, 8.2.8.5). */
function pageSize({request}: TenantCall): number {
  const preferred = Number(/\bodata\.maxpagesize=(\d{1,6})\b/.exec(request.headers['prefer'] ?? '')?.[1] ?? usualPage)
  return Math.min(Math.max(preferred, 1), largestPage)
}
