import {LinearRouter} from 'hono/router/linear-router'
import type {HttpExchange, HttpRequest, HttpResponse} from '../../model/http-message.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {storeFailure} from '../store/store-failure.ts'
import {authorize, type Scope, type Tickets} from './authorize.ts'
import type {Answer, Call, Method, Route, Services, TenantCall} from './call.ts'

/** The routes there are: those for everybody, where the request itself proves whose it is; about the tenants of the store; of one tenant. */
export interface Routes {
  readonly open: readonly Route<Call>[]
  readonly store: readonly Route<Call>[]
  readonly tenant: readonly Route<TenantCall>[]
}

type Run = (call: Call, tickets: Tickets) => Promise<Answer>

/** Answers requests: finds the route, lets the caller in, runs it, and gives what is refused Graph's shape. */
export function dispatcher(routes: Routes, services: Services, tickets: Tickets): HttpExchange {
  const router = new LinearRouter<Run>()
  const nextId = requestIds(services.newId())
  for (const route of routes.open) router.add(route.method, route.path, (call) => route.run(call))
  for (const route of routes.store) router.add(route.method, route.path, guarded(route, 'store'))
  for (const route of routes.tenant) router.add(route.method, `/v1.0${route.path}`, guarded(route, 'tenant'))
  return async (request) => {
    request.signal?.throwIfAborted()
    const url = new URL(request.url)
    const ids = toIds(request, nextId)
    try {
      const {run, path} = find(router, request.method, url.pathname)
      return toResponse(await run({request, url, path, services}, tickets), ids)
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw storeFailure(error, services.store.file)
      return toResponse(toErrorAnswer(error, ids, services.now()), ids)
    }
  }
}

function guarded<Asked extends Call>(route: Route<Asked>, scope: Scope): Run {
  return async (call, tickets) => route.run((await authorize(call, scope, tickets)) as Asked)
}

function find(router: LinearRouter<Run>, method: Method, pathname: string): {run: Run; path: Record<string, string>} {
  const path = plainPath(pathname)
  const match = matchOf(router, method, path)
  if (match !== undefined) return match
  const others = (['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const).filter((other) => matchOf(router, other, path))
  if (others.length === 0)
    throw new GraphFailure(404, 'Request_ResourceNotFound', `There is nothing at the path '${pathname}'.`)
  throw new GraphFailure(
    405,
    'Request_BadRequest',
    `${method} is not allowed at '${pathname}', only ${others.join(', ')}.`,
  )
}

function matchOf(router: LinearRouter<Run>, method: Method, path: string) {
  const [run, parts] = router.match(method, path)[0][0] ?? []
  if (run === undefined || parts === undefined) return undefined
  const decoded = Object.entries(parts).map(([name, part]) => [name, decode(String(part))] as const)
  return {run, path: Object.fromEntries(decoded)}
}

/** /beta is v1.0 here, and a key in brackets (OData 4.01 part 2, 4.3) is a part of the path like any other. */
const plainPath = (pathname: string): string =>
  pathname
    .replace(/^\/beta\//, '/v1.0/')
    .replaceAll(/\/%24(?=count|ref)/g, '/$$')
    .replaceAll(
      /\((roleTemplateId=)?(?:'|%27)([^/]*?)(?:'|%27)\)(?=\/|$)/g,
      (_, property: string | undefined, key: string) => `/${property ?? ''}${key.replaceAll(/(?:'|%27){2}/g, '%27')}`,
    )

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new GraphFailure(400, 'Request_BadRequest', `The part '${part}' of the path is not well encoded.`)
  }
}

type Ids = Readonly<Record<'request-id' | 'client-request-id', string>>

function toIds({headers}: HttpRequest, nextId: () => string): Ids {
  const given = headers['client-request-id']
  const id = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : nextId()
  return {'request-id': id, 'client-request-id': id}
}

/** Ids of requests that only count: what the directory keeps is not numbered by how often it was asked. */
function requestIds(first: string): () => string {
  let count = 0
  return () => first.slice(0, 24) + (++count).toString(16).padStart(12, '0')
}

const toErrorAnswer = ({status, code, message, details}: GraphFailure, ids: Ids, now: Date): Answer => ({
  status,
  body: {
    error: {
      code,
      message,
      ...(details.length === 0 ? {} : {details: details.map((detail) => ({...detail, message}))}),
      innerError: {date: timestamp(now).replace('Z', ''), ...ids},
    },
  },
})

function toResponse({status, body, headers = {}}: Answer, ids: Ids): HttpResponse {
  if (body === undefined) return {status, headers: {...ids, ...headers}, body: ''}
  if (typeof body === 'string') return {status, headers: {...ids, 'content-type': 'text/plain', ...headers}, body}
  return {status, headers: {...ids, 'content-type': 'application/json', ...headers}, body: JSON.stringify(body)}
}
