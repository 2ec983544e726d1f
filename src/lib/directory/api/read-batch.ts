import type {HttpRequest} from '../../model/http-message.ts'
import {badRequest} from '../rules/graph-failure.ts'
import type {Call} from './call.ts'
import {readJson} from './read-body.ts'

/** One request of a batch. */
export interface BatchedRequest {
  readonly id: string
  readonly request: HttpRequest
  /** Requests before it, by their ids, without whose success it is not tried. */
  readonly dependsOn: readonly string[]
}

const most = 20
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
const refused = (message: string) => badRequest(message, 'BadRequest')

/** Reads the body of a $batch (OData JSON 4.01, 19, as Graph narrows it). Throws GraphFailure 400 for the whole of it. */
export function readBatch(call: Call): readonly BatchedRequest[] {
  const {requests} = readJson(call.request.body ?? '') as {requests?: unknown}
  if (!Array.isArray(requests) || requests.length === 0) throw refused('Invalid batch payload format.')
  if (requests.length > most) throw refused(`Number of batch request steps exceeds the maximum value of ${most}.`)
  const known = new Map<string, string>()
  const read = requests.map((request) => {
    const one = readOne(call, request, known)
    known.set(one.id.toLowerCase(), one.id)
    return one
  })
  refuseMixedOrder(read)
  return read
}

function readOne(call: Call, given: unknown, known: ReadonlyMap<string, string>): BatchedRequest {
  const {id, method, url, headers = {}, body, dependsOn = []} = objectOf(given)
  if (typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string')
    throw refused('Invalid batch payload format.')
  if (known.has(id.toLowerCase())) throw refused('Request Id has to be unique in a batch.')
  if (!Array.isArray(dependsOn) || !dependsOn.every((one) => known.has(String(one).toLowerCase())))
    throw refused(`Invalid dependency for request Id : ${id}. It must name requests before it.`)
  const wanted = methods.find((one) => one === method)
  if (wanted === undefined) throw refused(`Unsupported method '${method}' for request Id : ${id}.`)
  const request = {method: wanted, url: toUrl(call, id, url), headers: toHeaders(call, id, headers)}
  const text = wanted === 'GET' || wanted === 'DELETE' ? undefined : toText(id, body, request.headers)
  const before = dependsOn.map((one) => known.get(String(one).toLowerCase()) ?? '')
  return {id, request: text === undefined ? request : {...request, body: text}, dependsOn: before}
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw refused('Invalid batch payload format.')
}

/** The whole address of a relative one, within the version of the batch itself. */
function toUrl({url}: Call, id: string, relative: string): string {
  const version = url.pathname.slice(0, url.pathname.indexOf('/', 1) + 1)
  const whole = /^[a-z][a-z0-9+.-]*:|^\/\/|^[\\?#]/i.test(relative)
    ? undefined
    : URL.parse(`${url.origin}${version}${relative.replace(/^\//, '')}`)
  if (!whole?.pathname.startsWith(version)) throw refused(`Invalid request URL for request Id : ${id}.`)
  if (/^\/(\$|%24)batch\b/i.test(whole.pathname.slice(version.length - 1)))
    throw refused(`Request Id : ${id} is a batch, and a batch cannot hold another.`)
  return whole.href
}

/** Its own headers; whose request it is is said for all, and not by these. */
function toHeaders({correlationId}: Call, id: string, given: unknown): Record<string, string> {
  const own = Object.entries(objectOf(given)).map(([name, value]) => {
    if (typeof value !== 'string') throw refused(`Invalid header '${name}' for request Id : ${id}.`)
    return [name.toLowerCase(), value] as const
  })
  return {'client-request-id': correlationId, ...Object.fromEntries(own)}
}

/** The body as it would stand in a request of its own. */
function toText(id: string, body: unknown, headers: Readonly<Record<string, string>>): string {
  const type = headers['content-type']
  if (type === undefined || body === undefined)
    throw refused(`Write request id : ${id} does not contain Content-Type header or body.`)
  if (/^application\/([\w.-]+\+)?json\b/i.test(type)) return JSON.stringify(body)
  if (typeof body !== 'string') throw refused(`The body of request Id : ${id} must be text, for it is not JSON.`)
  return /^text\//i.test(type) ? body : Buffer.from(body, 'base64').toString()
}

/** Graph takes three orders: none, each after the one before it, and all that wait wait for the same. */
function refuseMixedOrder(requests: readonly BatchedRequest[]): void {
  const waiting = requests.filter(({dependsOn}) => dependsOn.length > 0)
  const isSerial = requests.every(({dependsOn}, index) => dependsOn.join() === (requests[index - 1]?.id ?? ''))
  const isSame = new Set(waiting.map(({dependsOn}) => dependsOn.toSorted().join('\n'))).size <= 1
  if (!isSerial && !isSame) throw refused('Batch should be either fully sequential or fully parallel.')
}
