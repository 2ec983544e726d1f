import type {HttpRequest} from '../../../model/http-message.ts'

/** The value of a cookie (RFC 6265, 4.2). */
export function readCookie({headers}: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const pairs = (headers['cookie'] ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
