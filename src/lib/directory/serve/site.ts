import {GraphFailure} from '../rules/graph-failure.ts'

/** The names a server answers to. Who reaches it by another one was led there: by a page whose own name now resolves to us (DNS rebinding). */
export interface Site {
  readonly scheme: 'http' | 'https'
  /** As browsers write them: the usual port of the scheme left out. */
  readonly origins: ReadonlySet<string>
}

/** What of a request says where it comes from and where it wants to. */
interface Sender {
  readonly method: string
  readonly target: string
  readonly host: string | undefined
  readonly origin: string | undefined
}

/** Identity providers post their tokens through the browser, from pages of their own. */
const crossSite = new Set(['POST /login.srf'])

/**
 * The URL that a request asks for, its host one of ours. Refuses a request for another host (421) or for none (400), and one that a page of
 * somebody else sends (403) but to where such pages are meant to send.
 */
export function requireOwnSite({scheme, origins}: Site, {method, target, host, origin}: Sender): URL {
  const own = host === undefined || !URL.canParse(`${scheme}://${host}`) ? undefined : new URL(`${scheme}://${host}`)
  // What a client sends to a proxy has a whole URL as its target, and "*" is about no resource.
  if (own === undefined || own.href !== `${own.origin}/` || !target.startsWith('/'))
    throw new GraphFailure(400, 'Request_BadRequest', 'The request names no host, or has no path.')
  if (!origins.has(own.origin))
    throw new GraphFailure(421, 'Request_BadRequest', `This directory is not served under the name '${own.host}'.`)
  const url = new URL(`${own.origin}${target}`)
  if (origin !== undefined && !origins.has(origin) && !crossSite.has(`${method} ${url.pathname}`))
    throw new GraphFailure(403, 'accessDenied', 'Pages of other sites may not send requests here.')
  return url
}
