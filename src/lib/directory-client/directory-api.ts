import {FedctlError} from '../errors/fedctl-error.ts'
import type {Transport} from '../http/transport.ts'
import type {HttpRequest} from '../model/http-message.ts'

/** A JSON object whose properties are not yet known to be of any type. */
export type Json = Readonly<Record<string, unknown>>

/** One place that speaks HTTP to our own API; gives the JSON of the answer. Throws NotFound, AlreadyExists, Refused or ServiceFailure. */
export type DirectoryApi = (method: HttpRequest['method'], path: string, body?: object) => Promise<Json>

/** Speaks to /fedctl/v1 at `baseUrl` (scheme and host) through a Transport that authorizes. */
export const openDirectoryApi =
  (transport: Transport, baseUrl: string): DirectoryApi =>
  (method, path, body) => {
    const url = `${baseUrl}/fedctl/v1${path}`
    if (body === undefined) return askDirectory(transport, {method, url, headers: {}})
    const headers = {'content-type': 'application/json'}
    return askDirectory(transport, {method, url, headers, body: JSON.stringify(body)})
  }

/** Sends a request to our own directory and gives the JSON of the answer. Throws NotFound, AlreadyExists, Refused or ServiceFailure in its words. */
export async function askDirectory(transport: Transport, request: HttpRequest): Promise<Json> {
  const headers = {accept: 'application/json', ...request.headers}
  const {status, body: answer} = await transport({...request, headers})
  const json = answer === '' ? {} : (JSON.parse(answer) as Json)
  if (status < 200 || status > 299) throw failure(status, json)
  return json
}

function failure(status: number, json: Json): FedctlError {
  // As Graph says it, or as /login.srf does.
  const {message} = (json['error'] ?? json) as {message?: string}
  const code =
    status === 404 ? 'NotFound' : status === 409 ? 'AlreadyExists' : status < 429 ? 'Refused' : 'ServiceFailure'
  return new FedctlError(code, message ?? `The directory answered ${status}.`)
}
