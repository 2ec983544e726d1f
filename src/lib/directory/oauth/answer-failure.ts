import type {Answer, Call} from '../api/call.ts'
import type {OAuthFailure} from './oauth-failure.ts'

/** Nothing that a login endpoint answers may be kept (RFC 6749, 5.1). */
export const unkept = {'cache-control': 'no-store', pragma: 'no-cache'} as const

/** A failure in the shape of Microsoft's service; `id` is that under which it is written down. */
export function toFailureAnswer({services, correlationId}: Call, failure: OAuthFailure, id = correlationId): Answer {
  const timestamp = services
    .now()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  const {error, aadsts, suberror} = failure
  const isUnauthenticated = error === 'invalid_client'
  return {
    status: isUnauthenticated ? 401 : 400,
    headers: {...unkept, ...(isUnauthenticated && {'www-authenticate': 'Basic realm="fedctl"'})},
    body: {
      error,
      error_description: `${describe(failure)} Trace ID: ${id} Correlation ID: ${id} Timestamp: ${timestamp}`,
      error_codes: [aadsts],
      timestamp,
      trace_id: id,
      correlation_id: id,
      ...(suberror !== undefined && {suberror}),
    },
  }
}

/** The number and the words of a failure. */
export const describe = ({aadsts, message}: OAuthFailure): string => `AADSTS${aadsts}: ${message}`
