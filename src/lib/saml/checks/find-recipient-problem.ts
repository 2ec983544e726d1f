import type {Check} from '../check.ts'
import {listBearers} from '../list-bearers.ts'
import type {SignedToken} from '../signed-token.ts'

/** The confirmation of its subject names where it may be posted, and that is where it was. */
export const findRecipientProblem: Check<SignedToken> = ({claims}, {recipients}) =>
  listBearers(claims).every(
    ({recipient}) => recipient !== undefined && (recipients === undefined || recipients.includes(recipient)),
  )
    ? undefined
    : `it is not for the recipient ${recipients?.join(' or ') ?? 'of anybody: it names none'}`
