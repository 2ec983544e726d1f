import {checkFilter} from '../odata/check-filter.ts'
import type {Filter} from '../odata/filter.ts'
import {findIndex} from '../odata/find-index.ts'
import {parseFilter} from '../odata/parse-filter.ts'
import {parseSearch} from '../odata/parse-search.ts'
import {badRequest} from '../rules/graph-failure.ts'
import type {Filterable, Resource} from '../rules/resource.ts'
import type {ObjectOrder} from '../store/list-objects.ts'
import type {Call} from './call.ts'

/** What a request for a list of objects asks for. */
export interface ListOptions {
  readonly select?: readonly string[]
  readonly size: number
  readonly order: ObjectOrder
  readonly filter?: Filter
  readonly counts: boolean
  readonly after?: readonly [key: string, id: string]
}

const [usualPage, largestPage] = [100, 999]
// A character grows to six bytes at most when it is folded, and SQLite takes patterns of 50 000 bytes.
const longestFilter = 8000

/** Reads the query options of a list of objects and refuses what Graph would refuse. */
export function readListOptions(call: Call, resource: Resource, more: readonly string[] = []): ListOptions {
  refuseOthers(call, ['$select', '$top', '$orderby', '$filter', '$search', '$count', '$skiptoken', ...more])
  const {searchParams} = call.url
  const counts = isAdvanced(call) && searchParams.get('$count') === 'true'
  const search = readSearch(call, resource)
  const advanced = counts || search !== undefined
  const filter = join(readFilter(call, resource, advanced), search)
  const order = searchParams.get('$orderby')
  if (filter !== undefined && order !== null && !advanced)
    throw badRequest('Sorting not supported for current query.', 'Request_UnsupportedQuery')
  const select = readSelect(call)
  const after = readSkipToken(searchParams.get('$skiptoken'))
  return {
    size: readTop(call) ?? usualPage,
    order: readOrder(order, resource, {advanced, filter}),
    counts,
    ...(select === undefined ? {} : {select}),
    ...(filter === undefined ? {} : {filter}),
    ...(after === undefined ? {} : {after}),
  }
}

/** Whether the request says that it may be answered from an index that lags (ConsistencyLevel: eventual), which cannot expand. */
export const isAdvanced = ({request, url}: Call): boolean =>
  request.headers['consistencylevel']?.toLowerCase() === 'eventual' && !url.searchParams.has('$expand')

/** The filter of a request, checked. */
export function readFilter({url}: Call, resource: Filterable, advanced: boolean): Filter | undefined {
  const text = url.searchParams.get('$filter')
  if (text === null) return undefined
  if (text.length > longestFilter)
    throw badRequest(`Invalid filter clause: it has more than ${longestFilter} characters.`)
  const filter = parseFilter(text)
  checkFilter(filter, resource, advanced)
  return filter
}

/** The $search of a request, checked: always an advanced query, though without $count. */
export function readSearch(call: Call, resource: Filterable): Filter | undefined {
  const text = call.url.searchParams.get('$search')
  if (text === null) return undefined
  if (!isAdvanced(call))
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      'Request_UnsupportedQuery',
    )
  if (text.length > longestFilter)
    throw badRequest(`Invalid search clause: it has more than ${longestFilter} characters.`)
  const search = parseSearch(text)
  checkFilter(search, resource, true)
  return search
}

/** What both say. */
export const join = (filter: Filter | undefined, search: Filter | undefined): Filter | undefined =>
  filter === undefined || search === undefined ? (filter ?? search) : {is: 'and', all: [filter, search]}

/** The names after $select, as they are given; undefined when nothing is selected. */
export function readSelect({url}: Call): readonly string[] | undefined {
  const names = url.searchParams
    .get('$select')
    ?.split(',')
    .map((name) => name.trim())
  return names?.some((name) => name !== '') ? names.filter((name) => name !== '') : undefined
}

/** Refuses query options that are not among those a resource knows. */
export function refuseOthers({url}: Call, known: readonly string[]): void {
  for (const name of url.searchParams.keys()) {
    if (known.includes(name)) continue
    if (name === '$skip') throw badRequest("'$skip' is not supported by the service.")
    if (options.has(name))
      throw badRequest(`The query option '${name}' is not supported at '${url.pathname}'.`, 'Request_UnsupportedQuery')
    throw badRequest(`Unrecognized query argument specified: '${name}'.`)
  }
}

const options = new Set([
  '$count',
  '$expand',
  '$filter',
  '$format',
  '$orderby',
  '$search',
  '$select',
  '$skiptoken',
  '$top',
])

/** The number after $top, at most the largest page; undefined when there is none. */
export function readTop({url}: Call, largest = largestPage): number | undefined {
  const text = url.searchParams.get('$top')
  if (text === null) return undefined
  const size = /^\d+$/.test(text) ? Number(text) : 0
  if (size < 1 || size > largest)
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${largest} inclusive.`)
  return size
}

interface Asked {
  readonly advanced: boolean
  readonly filter: Filter | undefined
}

function readOrder(text: string | null, resource: Resource, {advanced, filter}: Asked): ObjectOrder {
  const index = filter === undefined ? undefined : findIndex(filter, resource)
  if (text === null) return {by: index ?? 'createdDateTime', descending: false}
  const [, name = '', direction] = /^(\w+)(?: +(asc|desc))?$/.exec(text.trim()) ?? []
  const needs = Object.hasOwn(resource.sortable, name) ? resource.sortable[name] : undefined
  if (needs === undefined || (needs === 'advanced' && !advanced))
    throw badRequest(
      advanced
        ? 'An unsupported property was specified.'
        : `Unsupported sort property '${text}' for '${resource.type}'.`,
      'Request_UnsupportedQuery',
    )
  // A database takes an index that spares it the sorting rather than one that spares it looking at everything.
  const sorts = index !== undefined && index !== name
  return {by: name, descending: direction === 'desc', ...(sorts ? {sorts} : {})}
}

/** Where a page ended, as an opaque text. */
export const writeSkipToken = (after: readonly [string, string]): string =>
  Buffer.from(JSON.stringify(after)).toString('base64url')

/** The address of the page after one that ended there. */
export function nextLink({url}: Call, after: readonly [string, string]): string {
  const next = new URL(url)
  next.searchParams.set('$skiptoken', writeSkipToken(after))
  return next.href.replaceAll('+', '%20').replaceAll(/(?<=[?&])%24/g, '$')
}

/** Reads what writeSkipToken wrote; undefined when there is none. */
export function readSkipToken(token: string | null): readonly [string, string] | undefined {
  if (token === null) return undefined
  try {
    const [key, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (typeof key === 'string' && typeof id === 'string') return [key, id]
  } catch {
    // Falls through: whatever is wrong with it, it is none of ours.
  }
  throw badRequest("The value of '$skiptoken' is not one that this directory gave.", 'Directory_ExpiredPageToken')
}
