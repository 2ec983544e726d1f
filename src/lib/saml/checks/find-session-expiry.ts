import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** The session at the identity provider, if it says until when, has not ended. */
export const findSessionExpiry: Check<SignedToken> = ({claims}, {at, skewMilliseconds}) =>
  claims.authentications.every(
    ({sessionNotOnOrAfter: end}) => end === undefined || Number(readInstant(end)) > at.getTime() - skewMilliseconds,
  )
    ? undefined
    : 'the session it speaks of has ended'
