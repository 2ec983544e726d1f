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

function toRecorded({method, url, body}: HttpRequest): RecordedRequest {
  const {pathname, search} = new URL(url)
  return {method, url: pathname + search, ...(body === undefined ? {} : {body: withoutSecrets(JSON.parse(body))})}
}

const secret = /^(password|newPassword|secretText)$/

/** The same JSON with every secret replaced. */
function withoutSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && secret.test(name)) return '<secret>'
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, key)]))
}

const noId = '00000000-0000-0000-0000-000000000000'

function asIfDone({method, body}: HttpRequest): HttpResponse {
  if (method !== 'POST') return {status: 204, headers: {}, body: ''}
  const made = {id: noId, ...(body === undefined ? {} : JSON.parse(body))}
  return {status: 201, headers: {}, body: JSON.stringify(made)}
}
