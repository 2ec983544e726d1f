import type {IncomingMessage} from 'node:http'
import {FedctlError} from '../../errors/fedctl-error.ts'
import type {HttpRequest} from '../../model/http-message.ts'
import {type RoutedResponse, toErrorAnswer, toIds, toResponse} from '../api/dispatch.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {receiveBody} from './receive-body.ts'
import type {ServiceRoute} from './service-routes.ts'
import {requireOwnSite, type Site} from './site.ts'

/** Who answers, and within which limits. */
export interface Answering {
  readonly site: Site
  /** The directory behind the socket; rejects with what failed within. */
  readonly fetch: (request: HttpRequest) => Promise<RoutedResponse>
  readonly routes: readonly ServiceRoute[]
  readonly mostBodyBytes: number
  readonly now: () => Date
  readonly newId: () => string
}

/** An answer, and what it took. */
export interface Answered {
  readonly response: RoutedResponse
  readonly bytesReceived: number
  /** What failed within the directory, which the client is not told. */
  readonly failure?: unknown
}

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']

/** Answers one request. What is refused has Graph's shape, and so has what fails. Rejects only when the signal says that the client is gone. */
export async function answerRequest(
  request: IncomingMessage,
  signal: AbortSignal,
  answering: Answering,
): Promise<Answered> {
  const headers = toPlain(request)
  try {
    return await answer(request, {headers, signal}, answering)
  } catch (error) {
    signal.throwIfAborted()
    const ids = toIds({headers}, answering.newId)
    const refused = error instanceof GraphFailure ? error : toGraphFailure(error)
    const response = toResponse(toErrorAnswer(refused, ids, answering.now()), ids)
    return {response, bytesReceived: 0, ...(refused === error ? {} : {failure: error})}
  }
}

async function answer(
  request: IncomingMessage,
  {headers, signal}: Pick<HttpRequest, 'headers'> & {signal: AbortSignal},
  {site, fetch, routes, mostBodyBytes, newId}: Answering,
): Promise<Answered> {
  const {method = '', url: target = ''} = request
  // HEAD is GET whose body is not sent (RFC 9110, 9.3.2).
  const asked = method === 'HEAD' ? 'GET' : method
  const own = routes.find(({path}) => asked === 'GET' && path === target.split('?', 1)[0])
  const {host, origin} = request.headers
  const url = own?.isForAnyName ? undefined : requireOwnSite(site, {method, target, host, origin})
  if (own !== undefined || url === undefined) {
    const response = toResponse((await own?.run(request)) ?? {status: 404}, toIds({headers}, newId))
    return {response: {...response, route: own?.path}, bytesReceived: 0}
  }
  if (method === 'OPTIONS') {
    const allowed = toResponse({status: 204, headers: {allow: methods.join(', ')}}, toIds({headers}, newId))
    return {response: allowed, bytesReceived: 0}
  }
  if (!methods.includes(method)) throw new GraphFailure(405, 'Request_BadRequest', `There is no method ${method} here.`)
  const {remoteAddress} = request.socket
  const {text, bytes} = await receiveBody(request, mostBodyBytes)
  const response = await fetch({
    method: asked as HttpRequest['method'],
    url: url.href,
    headers,
    signal,
    ...(remoteAddress === undefined ? {} : {remoteAddress}),
    ...(text === '' ? {} : {body: text}),
  })
  return {response, bytesReceived: bytes}
}

/** Headers in lower case, one value each. Node joins repeated ones, or keeps the first where there can be only one. */
const toPlain = ({headers}: IncomingMessage): HttpRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** What failed within is for the administrator's eyes. */
const toGraphFailure = (error: unknown): GraphFailure =>
  error instanceof FedctlError
    ? new GraphFailure(503, 'serviceNotAvailable', 'The directory cannot answer right now.')
    : new GraphFailure(500, 'generalException', 'The directory failed to answer. Its log says why.')
