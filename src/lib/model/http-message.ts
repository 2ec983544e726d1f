/**
 * HTTP in plain shapes: what a Transport takes and gives, and what the embedded directory answers. Header names are lower case.
 * WHATWG Request and Response are kept off this path on purpose: touching them doubles the start-up time of Node.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Absolute URL. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
  /** Of a request that a server received: the IP address it came from. */
  readonly remoteAddress?: string
}

/** An answer; any status is one. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The values of Set-Cookie headers: the one header that cannot be joined with commas (RFC 9110, 5.3). */
  readonly cookies?: readonly string[]
  readonly body: string
}

/** One request in, one answer out. */
export type HttpExchange = (request: HttpRequest) => Promise<HttpResponse>
