import type {HttpRequest} from '../model/http-message.ts'
import type {Transport} from './transport.ts'

/** Says each request and its answer in one line: method, path, status, request id. Bodies and headers, which may hold secrets, are left out. */
export function traced(transport: Transport, say: (line: string) => void): Transport {
  return async (request) => {
    const response = await transport(request)
    const id = response.headers['request-id']
    say(`${request.method} ${pathOf(request)} → ${response.status}${id === undefined ? '' : ` (request-id ${id})`}`)
    return response
  }
}

const pathOf = ({url}: HttpRequest): string => {
  const {pathname, search} = new URL(url)
  return pathname + search
}
