import type {Transport} from '../http/transport.ts'
import type {HttpRequest} from '../model/http-message.ts'
import {graphErrorFrom} from './graph-error.ts'
import {type Json, object} from './json.ts'

/** One place that speaks HTTP to Graph; everything else in this room names paths and properties. */
export interface GraphApi {
  /** `what` names the thing for the person who asked for it, when there is none: "domain contoso.com". */
  get(path: string, what?: string): Promise<Json>
  /** `advice` is one more hint where it is refused. */
  post(path: string, body?: object, advice?: string): Promise<Json>
  patch(path: string, body: object): Promise<void>
  delete(path: string): Promise<void>
  /** Every element of a collection, page by page, only as far as it is read. */
  list(path: string, headers?: Readonly<Record<string, string>>): AsyncIterable<Json>
}

/** Speaks to the Graph at `baseUrl` (scheme, host and version) through a Transport that authorizes. */
export function openGraphApi(transport: Transport, baseUrl: string): GraphApi {
  const send = async (
    method: HttpRequest['method'],
    path: string,
    {body, headers = {}, ...words}: Message = {},
  ): Promise<Json> => {
    const request: HttpRequest = {
      method,
      url: path.startsWith(baseUrl) ? path : baseUrl + path,
      headers: {
        accept: 'application/json',
        ...headers,
        ...(body === undefined ? {} : {'content-type': 'application/json'}),
      },
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    }
    const response = await transport(request)
    if (response.status < 200 || response.status > 299) throw graphErrorFrom(request, response, words)
    return response.body === '' ? {} : object(parse(response.body), 'a JSON object')
  }
  return {
    get: (path, what) => send('GET', path, {...(what === undefined ? {} : {what})}),
    post: (path, body, advice) =>
      send('POST', path, {...(body === undefined ? {} : {body}), ...(advice === undefined ? {} : {advice})}),
    patch: async (path, body) => void (await send('PATCH', path, {body})),
    delete: async (path) => void (await send('DELETE', path)),
    async *list(path, headers) {
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Json = await send('GET', next, {...(headers === undefined ? {} : {headers})})
        const elements = Array.isArray(page['value']) ? page['value'] : []
        for (const element of elements) yield object(element, 'a list of objects')
        next = nextLink(page, baseUrl)
      }
    },
  }
}

interface Message {
  body?: object
  what?: string
  advice?: string
  headers?: Readonly<Record<string, string>>
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The link to the next page, only when it stays at the host that the token is for. */
function nextLink(page: Json, baseUrl: string): string | undefined {
  const link = page['@odata.nextLink']
  if (typeof link !== 'string') return undefined
  const {origin, pathname, search} = new URL(link, baseUrl)
  return origin === new URL(baseUrl).origin ? origin + pathname + search : undefined
}
