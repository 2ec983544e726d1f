import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** It was not issued in the future. */
export const findFutureIssue: Check<SignedToken> = ({claims}, {at, skewMilliseconds}) =>
  Number(readInstant(claims.issueInstant)) <= at.getTime() + skewMilliseconds
    ? undefined
    : 'it was issued in the future'
