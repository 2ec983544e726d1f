import type {Server} from 'node:http'
import {type ListenAddress, listServedNames, type ServedName} from '../../model/listen-address.ts'
import type {Answering} from './answer-request.ts'
import {openMetrics, type ProcessFacts} from './metrics.ts'
import {openServer, type TlsIdentity} from './open-server.ts'
import {requestListener, type Watching} from './request-listener.ts'
import {type ServeLimits, usualLimits} from './serve-limits.ts'
import {serviceRoutes} from './service-routes.ts'
import type {Site} from './site.ts'
import {watchConnections} from './watch-connections.ts'

/** What is served. */
export interface Served extends Pick<Answering, 'fetch'> {
  /** Rejects when the store does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Where and how a directory is served, and what the service needs of the world. */
export interface ServeOptions
  extends Pick<Answering, 'now' | 'newId'>,
    Pick<Watching, 'served' | 'failed' | 'milliseconds'> {
  readonly listen: ListenAddress
  /** Names by which it is reached besides its address and those of this machine. */
  readonly names: readonly ServedName[]
  /** Plain HTTP without it, which is for tests. */
  readonly identity?: TlsIdentity | undefined
  /** Opens what is served, once the origins are known at which it will be reached; requests wait for it. */
  readonly open: (origins: readonly string[]) => Promise<Served>
  readonly facts: () => ProcessFacts
  readonly limits?: Partial<ServeLimits>
}

/** A directory that is being served. */
export interface ServedDirectory {
  /** Scheme, host and port of the address it listens on, or of localhost when it listens on all. */
  readonly origin: string
  /** Takes no more requests, lets the running ones end for a while, and closes what was served. */
  close(): Promise<void>
}

/** Serves a directory until it is closed. Fails with AddressUnavailable when it cannot listen there, and as `open` does. */
export async function serveDirectory(options: ServeOptions): Promise<ServedDirectory> {
  const limits = {...usualLimits, ...options.limits}
  const {server, port} = await openServer(options.listen, options.identity, limits)
  const scheme = options.identity === undefined ? 'http' : 'https'
  const origins = listServedNames(options.listen, options.names).map(
    (name) => new URL(`${scheme}://${name.host}:${name.port ?? port}`).origin,
  )
  const opening = options.open(origins)
  const end = answerAll(server, {scheme, origins: new Set(origins)}, {...options, limits, opening})
  const close = async (): Promise<void> => {
    await end()
    await (await opening).close()
  }
  await opening.catch(async (error: unknown) => {
    await end()
    throw error
  })
  return {origin: origins[0] ?? '', close}
}

interface Serving extends ServeOptions {
  readonly limits: ServeLimits
  readonly opening: Promise<Served>
}

/** Answers the requests of a server; gives what ends that. */
function answerAll(server: Server, site: Site, serving: Serving): () => Promise<void> {
  const {opening, limits, facts} = serving
  const metrics = openMetrics()
  const connections = watchConnections(server, metrics)
  const routes = serviceRoutes({check: async () => (await opening).check(), metrics, facts})
  const fetch: Answering['fetch'] = async (request) => (await opening).fetch(request)
  const answering = {...serving, site, fetch, routes, mostBodyBytes: limits.bodyBytes}
  server.on('request', requestListener(answering, {...serving, metrics, connections}))
  return () => connections.end(limits.graceMilliseconds)
}
