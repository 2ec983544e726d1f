import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** From its issue on it is valid for no longer than the trust allows. */
export const findLifetimeProblem: Check<SignedToken> = ({claims}, {lifetimeMilliseconds}) => {
  const lifetime = Number(readInstant(claims.conditions?.notOnOrAfter)) - Number(readInstant(claims.issueInstant))
  return lifetime > 0 && lifetime <= lifetimeMilliseconds
    ? undefined
    : `it is valid for longer than ${lifetimeMilliseconds / 60_000} minutes after its issue, or for no time at all`
}
