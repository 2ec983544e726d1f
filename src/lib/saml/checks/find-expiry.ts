import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** Its validity has not ended. */
export const findExpiry: Check<SignedToken> = ({claims}, {at, skewMilliseconds}) =>
  Number(readInstant(claims.conditions?.notOnOrAfter)) > at.getTime() - skewMilliseconds
    ? undefined
    : 'it is not valid any more'
