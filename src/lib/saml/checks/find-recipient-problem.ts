import type {Check} from '../check.ts'
import {listBearers} from '../list-bearers.ts'
import type {SignedToken} from '../signed-token.ts'

/** The confirmation of its subject names where it may be posted, and that is where it was. */
export const findRecipientProblem: Check<SignedToken> = ({claims}, {recipient}) =>
  listBearers(claims).every(
    (bearer) => bearer.recipient !== undefined && (recipient === undefined || bearer.recipient === recipient),
  )
    ? undefined
    : `it is not for the recipient ${recipient ?? 'of anybody: it names none'}`
