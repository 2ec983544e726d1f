import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** Its validity has begun. */
export const findPrematurity: Check<SignedToken> = ({claims}, {at, skewMilliseconds}) =>
  Number(readInstant(claims.conditions?.notBefore)) <= at.getTime() + skewMilliseconds
    ? undefined
    : 'it is not valid yet'
