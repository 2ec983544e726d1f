import type {AxiosInstance} from 'axios'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {HttpRequest, HttpResponse} from '../model/http-message.ts'
import type {Transport} from './transport.ts'

const timeoutMilliseconds = 30_000
const maximumBytes = 64 * 1024 * 1024

/** Requests over the network by axios: proxies of the environment, no redirects, answers of at most 64 MiB, 30 s. axios is loaded with the first. */
export function networkTransport(): Transport {
  let client: Promise<AxiosInstance> | undefined
  return async (request) => {
    client ??= openClient()
    return exchange(await client, request)
  }
}

async function openClient(): Promise<AxiosInstance> {
  const {default: axios} = await import('axios')
  return axios.create({
    timeout: timeoutMilliseconds,
    maxRedirects: 0,
    maxContentLength: maximumBytes,
    validateStatus: () => true,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
  })
}

async function exchange(
  client: AxiosInstance,
  {method, url, headers, body, signal}: HttpRequest,
): Promise<HttpResponse> {
  try {
    const response = await client.request<string>({
      method,
      url,
      headers: {...headers},
      ...(body === undefined ? {} : {data: body}),
      ...(signal === undefined ? {} : {signal}),
    })
    const pairs = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    return {status: response.status, headers: Object.fromEntries(pairs), body: response.data ?? ''}
  } catch (cause) {
    throw unreachable(url, cause)
  }
}

function unreachable(url: string, cause: unknown): FedctlError {
  const {host} = new URL(url)
  const {code} = cause as {code?: unknown}
  const reason = typeof code === 'string' ? ` (${code})` : ''
  return new FedctlError('Unreachable', `${host} did not answer${reason}.`, {
    hints: ['Check the address, the network and HTTPS_PROXY.'],
    // The error of axios holds the request with its token: only its text travels on.
    cause: new Error(cause instanceof Error ? cause.message : String(cause)),
  })
}
