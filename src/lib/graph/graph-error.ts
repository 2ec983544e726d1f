import type {ErrorCode} from '../errors/error-table.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {HttpRequest, HttpResponse} from '../model/http-message.ts'

/** Our words for a refused request. */
export interface ErrorWords {
  /** The thing that was asked for, for when there is none: "domain contoso.com". */
  readonly what?: string
  /** What to do when it is refused. */
  readonly advice?: string
}

/** Turns an answer that is not 2xx into the error that a person sees: Graph's own message, the code, the request id, our words. */
export function graphErrorFrom(
  request: HttpRequest,
  response: HttpResponse,
  {what, advice}: ErrorWords = {},
): FedctlError {
  const {code, message} = errorIn(response)
  const missing = response.status === 404 && what !== undefined ? `There is no ${what} in this tenant.` : undefined
  const said =
    missing ??
    message ??
    `The directory answered ${response.status} to ${request.method} ${new URL(request.url).pathname}.`
  const id = response.headers['request-id']
  return new FedctlError(errorCodeOf(response.status, code), said, {
    hints: [
      ...hintsOf(response.status),
      ...([400, 409].includes(response.status) && advice !== undefined ? [advice] : []),
    ],
    cause: new Error(`${response.status} ${code ?? ''}${id === undefined ? '' : ` (request-id ${id})`}`),
  })
}

function errorIn({body}: HttpResponse): {code?: string; message?: string} {
  try {
    const {error} = JSON.parse(body) as {error?: {code?: unknown; message?: unknown; details?: unknown}}
    // Users that exist already are a bad request, and only the detail says so.
    const [detail] = Array.isArray(error?.details) ? (error.details as {code?: unknown}[]) : []
    const code = typeof detail?.code === 'string' && taken.has(detail.code) ? detail.code : error?.code
    return {
      ...(typeof code === 'string' ? {code} : {}),
      ...(typeof error?.message === 'string' && error.message !== '' ? {message: error.message} : {}),
    }
  } catch {
    return {}
  }
}

const taken = new Set(['Request_MultipleObjectsWithSameKeyValue', 'ObjectConflict', 'Request_ResourceAlreadyExists'])

function errorCodeOf(status: number, code: string | undefined): ErrorCode {
  if (code !== undefined && taken.has(code)) return 'AlreadyExists'
  if (status === 401) return 'NotSignedIn'
  if (status === 403) return 'NotAllowed'
  if (status === 404) return 'NotFound'
  if (status === 409) return 'AlreadyExists'
  return status >= 400 && status < 429 ? 'Refused' : 'ServiceFailure'
}

function hintsOf(status: number): string[] {
  if (status === 401) return ['Sign in again, or choose another tenant with --profile.']
  if (status === 403) return ['Ask for a role or permission that allows it.']
  if (status === 429 || status >= 500) return ['Try again in a while.']
  return []
}
