import type {Check} from '../check.ts'
import {listBearers} from '../list-bearers.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** The confirmation of its subject has an end that has not come (SAML 2.0 profiles 4.1.4.2), and has begun if it says when. */
export const findConfirmationExpiry: Check<SignedToken> = ({claims}, {at, skewMilliseconds}) =>
  listBearers(claims).every(
    ({notBefore, notOnOrAfter}) =>
      Number(readInstant(notOnOrAfter)) > at.getTime() - skewMilliseconds &&
      (notBefore === undefined || Number(readInstant(notBefore)) <= at.getTime() + skewMilliseconds),
  )
    ? undefined
    : 'the confirmation of its subject has ended, or has no end'
