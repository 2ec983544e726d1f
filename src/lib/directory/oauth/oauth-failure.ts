/** The names that OAuth 2.0 (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5; OpenID Connect core, 3.1.2.6) and Microsoft's service have for failures. */
export type OAuthError =
  | 'access_denied'
  | 'authorization_declined'
  | 'authorization_pending'
  | 'bad_verification_code'
  | 'consent_required'
  | 'expired_token'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_resource'
  | 'invalid_scope'
  | 'login_required'
  | 'slow_down'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

/** A request for a token that is refused: OAuth's name, the number that Microsoft's service has for it, and what to say. */
export class OAuthFailure extends Error {
  readonly error: OAuthError
  readonly aadsts: number
  readonly suberror: string | undefined

  constructor(error: OAuthError, aadsts: number, message: string, suberror?: string) {
    super(message)
    this.name = 'OAuthFailure'
    this.error = error
    this.aadsts = aadsts
    this.suberror = suberror
  }

  /** As the log of sign-ins has it. */
  get reason(): string {
    return this.message
  }
}

/** A request that makes no sense. */
export const malformedRequest = (because: string): OAuthFailure =>
  new OAuthFailure('invalid_request', 9002313, `Invalid request. The request is malformed: ${because}.`)

/** A parameter that must be there is not. */
export const missingParameter = (name: string): OAuthFailure =>
  new OAuthFailure('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`)
