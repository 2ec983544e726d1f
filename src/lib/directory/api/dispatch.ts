import type {HttpRequest, HttpResponse} from '../../model/http-message.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {authorize, authorizeOwner, type Gate, requireCaller} from './authorize.ts'
import {answerBatch} from './batch.ts'
import type {Answer, Call, Route, Services, TenantRoute} from './call.ts'
import {openRouteTable} from './route-table.ts'

/** The routes there are: for everybody, where the request itself proves whose it is; about the tenants of the store; of one tenant, ours and Graph's. */
export interface Routes {
  readonly open: readonly Route<Call>[]
  readonly store: readonly Route<Call>[]
  readonly tenant: readonly TenantRoute[]
  /** Without the version, which goes before their paths. */
  readonly graph: readonly TenantRoute[]
}

/** An answer, and the pattern of the path that gave it; nothing of what was asked is in the pattern. Undefined when there is no such path. */
export interface RoutedResponse extends HttpResponse {
  readonly route?: string | undefined
}

/** Answers requests: finds the route, lets the caller in, runs it, and gives what is refused Graph's shape. */
export function dispatcher(
  routes: Routes,
  services: Services,
  gate: Gate,
): (request: HttpRequest) => Promise<RoutedResponse> {
  const table = openRouteTable()
  const nextId = requestIds(services.newId())
  const {add} = table
  const addGuarded = (prefix: string, {method, path, needs, run}: TenantRoute): void =>
    add(method, `${prefix}${path}`, async (call) => {
      const allowed = await authorize(call, needs, gate)
      return prefix === '' || gate.throttle === undefined ? run(allowed) : gate.throttle(allowed, path, run)
    })
  for (const {method, path, run} of routes.open) add(method, path, run)
  for (const {method, path, run} of routes.store)
    add(method, path, async (call) => run(await authorizeOwner(call, gate)))
  for (const route of routes.tenant) addGuarded('', route)
  for (const route of routes.graph) addGuarded('/v1.0', route)
  add('POST', '/v1.0/$batch', async (call) => {
    const sender = await requireCaller(call, gate)
    return answerBatch(call, async (request) => (await answer(request, {sender})).answer)
  })
  async function answer(request: HttpRequest, known: Pick<Call, 'sender'> = {}): Promise<Routed> {
    request.signal?.throwIfAborted()
    const url = new URL(request.url)
    const ids = toIds(request, nextId)
    let route: string | undefined
    try {
      const {run, path, route: pattern} = table.find(request.method, url)
      route = pattern
      const call = {...known, request, url, path, services, correlationId: ids['client-request-id']}
      return {answer: await run(call), ids, route}
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw services.store.failure(error)
      return {answer: toErrorAnswer(error, ids, services.now()), ids, route}
    }
  }
  return async (request) => {
    const {answer: answered, ids, route} = await answer(request)
    return {...toResponse(answered, ids), route}
  }
}

interface Routed {
  readonly answer: Answer
  readonly ids: Ids
  readonly route: string | undefined
}

/** The numbers of a request, which its answer repeats. */
export type Ids = Readonly<Record<'request-id' | 'client-request-id', string>>

/** The client's own number when it gave one, else a new one. */
export function toIds({headers}: Pick<HttpRequest, 'headers'>, nextId: () => string): Ids {
  const given = headers['client-request-id']
  const id = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : nextId()
  return {'request-id': id, 'client-request-id': id}
}

/** Ids of requests that only count: what the directory keeps is not numbered by how often it was asked. */
function requestIds(first: string): () => string {
  let count = 0
  return () => first.slice(0, 24) + (++count).toString(16).padStart(12, '0')
}

/** A refusal in Graph's shape. */
export const toErrorAnswer = (
  {status, code, message, details, headers}: GraphFailure,
  ids: Ids,
  now: Date,
): Answer => ({
  status,
  headers,
  body: {
    error: {
      code,
      message,
      ...(details.length === 0 ? {} : {details: details.map((detail) => ({...detail, message}))}),
      innerError: {date: timestamp(now).replace('Z', ''), ...ids},
    },
  },
})

/** The response of an answer: JSON, or the text that it is. */
export function toResponse({status, body, headers = {}, cookies}: Answer, ids: Ids): HttpResponse {
  const type = body === undefined ? {} : {'content-type': typeof body === 'string' ? 'text/plain' : 'application/json'}
  return {
    status,
    headers: {...ids, ...type, ...headers},
    body: typeof body === 'object' ? JSON.stringify(body) : (body ?? ''),
    ...(cookies === undefined ? {} : {cookies}),
  }
}
