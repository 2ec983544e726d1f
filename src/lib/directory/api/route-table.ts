import {LinearRouter} from 'hono/router/linear-router'
import {badRequest, GraphFailure} from '../rules/graph-failure.ts'
import type {Answer, Call, Method} from './call.ts'

/** What a route does. */
export type Run = (call: Call) => Promise<Answer>

interface Handling {
  /** The pattern of the path. */
  readonly route: string
  readonly run: Run
}

/** The routes by method and path. */
export interface RouteTable {
  add(method: Method, route: string, run: Run): void
  /** The route of a request with the parts of its path. Throws GraphFailure: 404 without any, 405 when the path has others. */
  find(method: Method, url: URL): Found
}

type Routers = ReadonlyMap<string, LinearRouter<Handling>>

/** Makes a table without routes: one list of routes for each first word and length of Graph's and our own API, because a list is looked through. */
export function openRouteTable(): RouteTable {
  const routers = new Map<string, LinearRouter<Handling>>()
  return {
    add(method, route, run) {
      const group = groupOf(route)
      const router = routers.get(group) ?? new LinearRouter<Handling>()
      routers.set(group, router)
      router.add(method, route, {route, run})
    },
    find: (method, url) => find(routers, method, url),
  }
}

/** The first word after the version, and how many parts there are; login paths, which begin with a tenant, are one group. */
function groupOf(path: string): string {
  const word = /^\/(?:v1\.0|fedctl\/v1)\/[^/]*/.exec(path)?.[0]
  return word === undefined ? '' : `${word} ${path.replace(/\/$/, '').split('/').length}`
}

/** A route, and what stands in the variable parts of the path. */
export interface Found extends Handling {
  readonly path: Record<string, string>
}

function find(routers: Routers, method: Method, {pathname, search}: URL): Found {
  // No database holds it: SQLite would find nothing, PostgreSQL refuses to look.
  if (/%00/.test(pathname + search)) throw badRequest('The URL has a null character.')
  const path = plainPath(pathname)
  const match = matchOf(routers, method, path)
  if (match !== undefined) return match
  const others = (['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const).filter((other) => matchOf(routers, other, path))
  if (others.length === 0)
    throw new GraphFailure(404, 'Request_ResourceNotFound', `This directory does not serve ${method} '${pathname}'.`)
  throw new GraphFailure(
    405,
    'Request_BadRequest',
    `${method} is not allowed at '${pathname}', only ${others.join(', ')}.`,
  )
}

function matchOf(routers: Routers, method: Method, path: string): Found | undefined {
  const [handling, parts] = routers.get(groupOf(path))?.match(method, path)[0][0] ?? []
  if (handling === undefined || parts === undefined) return undefined
  const decoded = Object.entries(parts).map(([name, part]) => [name, decodePart(String(part))] as const)
  return {...handling, path: Object.fromEntries(decoded)}
}

/** /beta is v1.0 here, and a key in brackets (OData 4.01 part 2, 4.3) is a part of the path like any other. */
const plainPath = (pathname: string): string =>
  pathname
    .replace(/^\/beta\//, '/v1.0/')
    .replaceAll(/\/%24(?=count|ref|batch)/g, '/$$')
    .replace(/\/(microsoft\.graph\.)?delta(\(\))?$/, '/delta')
    .split('/')
    .map(plainPart)
    .join('/')

// From the first bracket to the end: a longer search for what is not there would take as long as somebody wants.
const plainPart = (part: string): string =>
  part.replace(
    /^([^(]*)\(([A-Za-z]+=)?(?:'|%27)(.*)(?:'|%27)\)$/,
    (_, set: string, property: string | undefined, key: string) =>
      `${set}/${property ?? ''}${key.replaceAll(/(?:'|%27){2}/g, '%27')}`,
  )

/** A part of a path, decoded. Throws GraphFailure 400. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new GraphFailure(400, 'Request_BadRequest', `The part '${part}' of the path is not well encoded.`)
  }
}
