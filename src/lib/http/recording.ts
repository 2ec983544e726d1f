import type {HttpRequest, HttpResponse} from '../model/http-message.ts'
import type {Transport} from './transport.ts'

/** A request as it would have been sent, with no secret in it. */
export interface RecordedRequest {
  readonly method: HttpRequest['method']
  /** Path and query; the host is the profile's. */
  readonly url: string
  readonly body?: unknown
}

/** Thrown instead of an answer where nothing may be sent at all. */
export class NothingIsSent extends Error {}

/**
 * Records what would be sent. Changing requests are recorded and answered as if they had worked; reads go through when `readsPass`,
 * since a plan is made from what is there, else the first is recorded and NothingIsSent is thrown.
 */
export function recording(
  transport: Transport,
  record: (request: RecordedRequest) => void,
  readsPass: boolean,
): Transport {
  return async (request) => {
    if (request.method === 'GET' && readsPass) return transport(request)
    record(toRecorded(request))
    if (request.method === 'GET') throw new NothingIsSent()
    return asIfDone(request)
  }
}

function toRecorded(request: HttpRequest): RecordedRequest {
  const {method, url, body} = request
  const {pathname, search} = new URL(url)
  return {method, url: pathname + search, ...(body === undefined ? {} : {body: withoutSecrets(valuesIn(request))})}
}

const isForm = ({headers}: HttpRequest): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true

const valuesIn = (request: HttpRequest): object =>
  isForm(request) ? Object.fromEntries(new URLSearchParams(request.body)) : JSON.parse(request.body ?? '{}')

// wresult and SAMLResponse are tokens: whoever has one signs in.
const secret = /^(password|newPassword|secretText|wresult|SAMLResponse)$/

/** The same JSON with every secret replaced. */
function withoutSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && secret.test(name)) return '<secret>'
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, key)]))
}

const noId = '00000000-0000-0000-0000-000000000000'
// A secret that is made by the directory is told in its answer only.
const everyId = {id: noId, appId: noId, keyId: noId, secretText: '<secret>'}

function asIfDone(request: HttpRequest): HttpResponse {
  if (request.method !== 'POST') return {status: 204, headers: {}, body: ''}
  // The one form there is signs somebody in.
  const made = isForm(request) ? {sessionId: noId} : {...everyId, ...valuesIn(request)}
  return {status: 201, headers: {}, body: JSON.stringify(made)}
}
