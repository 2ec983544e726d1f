import {refuseByFirst} from './check.ts'
import {claimChecks, issuerChecks} from './checks.ts'
import {type Expectation, type ExpectedToken, toExpectation} from './expected-token.ts'
import {hasMultipleAuthentication, immutableIdOf, userPrincipalNameOf} from './names-of.ts'
import {readAssertion} from './read-assertion.ts'
import {readInstant} from './read-instant.ts'
import {readLocatedToken} from './read-located-token.ts'
import {readResponseFacts} from './read-response-facts.ts'
import type {TokenClaims} from './token-claims.ts'
import type {VerifiedToken} from './verified-token.ts'
import {type CoveredToken, verifyTokenSignatures} from './verify-token-signatures.ts'

/**
 * Judges a posted token: the closed profile before any cryptography, then every signature by keys of the trust alone, then what the
 * signed bytes say, read anew. Throws TokenRefusal, which says by which check; no option turns a check off. The same token is given as
 * often as it is shown: that it is used once is for whoever keeps what was used.
 */
export async function verifyToken(text: string, expected: ExpectedToken): Promise<VerifiedToken> {
  const expectation = toExpectation(expected)
  const located = readLocatedToken(text, expectation)
  const {carrier, response} = located
  const written = {
    carrier,
    claims: readAssertion(located.assertion),
    response: response && readResponseFacts(response, false),
  }
  refuseByFirst(issuerChecks, written, expectation)

  const covered = await verifyTokenSignatures(text, located, expectation)
  const claims = readAssertion(covered.assertion)
  const facts = covered.response ? readResponseFacts(covered.response, true) : written.response
  refuseByFirst(claimChecks, {carrier, claims, response: facts}, expectation)
  return toVerifiedToken(claims, covered, expectation)
}

function toVerifiedToken(claims: TokenClaims, covered: CoveredToken, {audience, issuer}: Expectation): VerifiedToken {
  const [subject] = claims.subjects
  const {format} = subject ?? {}
  const immutableId = immutableIdOf(claims)
  const userPrincipalName = userPrincipalNameOf(claims)
  const [authentication] = claims.authentications
  const token: Omit<VerifiedToken, keyof {[Key in keyof VerifiedToken as Key extends symbol ? Key : never]: 0}> = {
    version: claims.version,
    id: claims.id ?? '',
    issuer,
    audience,
    nameId: subject?.nameId ?? '',
    ...(format !== undefined && {nameIdFormat: format}),
    ...(immutableId !== undefined && {immutableId}),
    ...(userPrincipalName !== undefined && {userPrincipalName}),
    claims: claims.attributes,
    notBefore: readInstant(claims.conditions?.notBefore) ?? new Date(Number.NaN),
    notOnOrAfter: readInstant(claims.conditions?.notOnOrAfter) ?? new Date(Number.NaN),
    ...(authentication?.method !== undefined && {authenticationMethod: authentication.method}),
    hasMultipleAuthentication: hasMultipleAuthentication(claims),
    certificate: covered.certificate,
    warnings: covered.usesSha1 ? ['its signature rests on SHA-1, which can be forged'] : [],
  }
  return token as VerifiedToken
}
