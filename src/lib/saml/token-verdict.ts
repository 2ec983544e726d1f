import {TokenRefusal} from './token-refusal.ts'
import type {VerifiedToken} from './verified-token.ts'

/** What became of a token, as people see it. Of a refused one nothing is repeated but why. */
export interface TokenVerdict {
  readonly file?: string
  readonly accepted: boolean
  /** Our code of docs/token-verdicts.md. */
  readonly code?: string
  /** The number the cloud would answer with. */
  readonly aadsts?: number
  readonly reason?: string
  readonly issuer?: string
  readonly nameId?: string
  readonly immutableId?: string
  readonly userPrincipalName?: string
  /** Type and value, an equals sign between them. */
  readonly claims?: readonly string[]
  readonly audience?: string
  /** ISO 8601. */
  readonly notOnOrAfter?: string
  readonly authenticationMethod?: string
}

/** The verdict of a judgement that gives a verified token or fails with TokenRefusal; any other failure goes on. */
export async function toTokenVerdict(judging: Promise<VerifiedToken>): Promise<TokenVerdict> {
  try {
    const token = await judging
    const {issuer, nameId, immutableId, userPrincipalName, audience, authenticationMethod} = token
    return {
      accepted: true,
      issuer,
      nameId,
      ...(immutableId !== undefined && {immutableId}),
      ...(userPrincipalName !== undefined && {userPrincipalName}),
      claims: toClaimLines(token.claims),
      audience,
      notOnOrAfter: token.notOnOrAfter.toISOString(),
      ...(authenticationMethod !== undefined && {authenticationMethod}),
    }
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    return {accepted: false, code: error.problem, aadsts: error.aadsts, reason: error.reason}
  }
}

/** Claims as lines, one for each value. */
export const toClaimLines = (claims: VerifiedToken['claims']): string[] =>
  claims.flatMap(({type, values}) => values.map((value) => `${type}=${value}`))
