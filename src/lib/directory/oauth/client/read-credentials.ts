import type {HttpRequest} from '../../../model/http-message.ts'
import {malformedRequest, missingParameter} from '../oauth-failure.ts'
import type {Fields} from '../read-fields.ts'

/** Which application asks, and with what it proves that. */
export interface ClientCredentials {
  readonly clientId: string
  readonly secret?: string
  readonly assertion?: string
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Reads who asks: from the fields, or from the Authorization header (RFC 6749, 2.3.1; RFC 7521, 4.2). Throws OAuthFailure. */
export function readCredentials({headers}: HttpRequest, fields: Fields): ClientCredentials {
  const basic = readBasic(headers['authorization'])
  const [secret, assertion] = [fields.find('client_secret'), fields.find('client_assertion')]
  if ([basic, secret, assertion].filter((one) => one !== undefined).length > 1)
    throw malformedRequest('it has more than one credential of the client')
  if (assertion !== undefined && fields.find('client_assertion_type') !== assertionType)
    throw malformedRequest('its client_assertion_type is not known')
  const given = fields.find('client_id')
  if (basic !== undefined) {
    if (given !== undefined && given !== basic.clientId) throw malformedRequest('it names two clients')
    return basic
  }
  const clientId = given ?? (assertion === undefined ? undefined : readSubject(assertion))
  if (clientId === undefined) throw missingParameter('client_id')
  return {clientId, ...(secret !== undefined && {secret}), ...(assertion !== undefined && {assertion})}
}

function readBasic(header: string | undefined): {clientId: string; secret: string} | undefined {
  const [, packed] = /^Basic +([\w+/]+=*) *$/i.exec(header ?? '') ?? []
  if (packed === undefined) return undefined
  const text = Buffer.from(packed, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 1) throw malformedRequest('its Authorization header is not well formed')
  return {clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1))}
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Whom an assertion says it is of: not believed, only looked up. */
function readSubject(assertion: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())
    const {sub} = Object(claims)
    return typeof sub === 'string' ? sub : undefined
  } catch {
    return undefined
  }
}
