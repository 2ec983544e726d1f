import type {HttpRequest} from '../../model/http-message.ts'
import {TokenRefusal} from '../../saml/token-refusal.ts'

/** What was posted: a token, as the answer of one protocol, and what goes with it through the browser. */
export interface SignInForm {
  readonly protocol: 'WsFed' | 'Samlp'
  readonly token: string
  /** wctx or RelayState, as it came. */
  readonly context: string | undefined
}

// A token of 256 KiB in which every character is written as %xx, and what goes with it.
const mostCharacters = 800 * 1024
const mostContextCharacters = 8192

/**
 * Reads the form of WS-Federation 1.2, 13.2.3 (wa, wresult, wctx) or of SAML's POST binding (SAMLResponse, RelayState): one token, every
 * field once. Throws TokenRefusal.
 */
export function readSignInForm({headers, body = ''}: Pick<HttpRequest, 'headers' | 'body'>): SignInForm {
  if (!/^application\/x-www-form-urlencoded *(;|$)/i.test(headers['content-type'] ?? ''))
    throw malformed('it was not posted as a form')
  if (body.length > mostCharacters) throw new TokenRefusal('TokenTooLarge', 'the form is larger than any with a token')
  const fields = new URLSearchParams(body)
  const [wresult, response] = [only(fields, 'wresult'), only(fields, 'SAMLResponse')]
  const [wa, wctx, relayState] = [only(fields, 'wa'), only(fields, 'wctx'), only(fields, 'RelayState')]
  if ((wresult === undefined) === (response === undefined))
    throw malformed('it has neither wresult nor SAMLResponse, or both')
  const context = wresult === undefined ? relayState : wctx
  if ((context?.length ?? 0) > mostContextCharacters) throw malformed('its wctx or RelayState is too long')
  if (wresult === undefined) return {protocol: 'Samlp', token: fromBase64(response ?? ''), context}
  if (wa !== 'wsignin1.0') throw malformed('its wa is not wsignin1.0')
  return {protocol: 'WsFed', token: wresult, context}
}

function only(fields: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = fields.getAll(name)
  if (more.length > 0) throw malformed(`it has several fields ${name}`)
  return value
}

function fromBase64(text: string): string {
  const packed = text.replaceAll(/[\r\n\t ]/g, '')
  const bytes = Buffer.from(packed, 'base64')
  if (packed === '' || bytes.toString('base64') !== packed) throw malformed('its SAMLResponse is not base64')
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    throw malformed('its SAMLResponse is not UTF-8')
  }
}

const malformed = (reason: string): TokenRefusal => new TokenRefusal('FormMalformed', reason)
