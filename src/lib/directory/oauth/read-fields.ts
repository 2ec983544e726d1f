import type {HttpRequest} from '../../model/http-message.ts'
import {malformedRequest, missingParameter} from './oauth-failure.ts'

/** The parameters of a request, each given once; one without a value counts as not given (RFC 6749, 3.1). */
export interface Fields {
  find(name: string): string | undefined
  /** Throws OAuthFailure when it is not given. */
  get(name: string): string
}

// An assertion of 256 KiB in base64, written as %xx where it must be, and what goes with it.
const mostCharacters = 800 * 1024

/** Reads a posted form. Throws OAuthFailure. */
export function readForm({headers, body = ''}: Pick<HttpRequest, 'headers' | 'body'>): Fields {
  if (!/^application\/x-www-form-urlencoded *(;|$)/i.test(headers['content-type'] ?? ''))
    throw malformedRequest('it was not posted as a form')
  if (body.length > mostCharacters) throw malformedRequest('it is too long')
  return toFields(new URLSearchParams(body))
}

/** The parameters of a query or a form. Throws OAuthFailure when one is given twice. */
export function toFields(parameters: URLSearchParams): Fields {
  if (new Set(parameters.keys()).size < parameters.size) throw malformedRequest('a parameter is given more than once')
  const find = (name: string): string | undefined => parameters.get(name) || undefined
  return {
    find,
    get(name) {
      const value = find(name)
      if (value === undefined) throw missingParameter(name)
      return value
    },
  }
}
