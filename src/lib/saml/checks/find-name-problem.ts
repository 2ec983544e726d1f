import type {Check} from '../check.ts'
import {namesOf} from '../names-of.ts'
import type {SignedToken} from '../signed-token.ts'

/** No name has characters that nobody sees: controls, marks of direction, joiners of no width, line separators. */
export const findNameProblem: Check<SignedToken> = ({claims}) =>
  namesOf(claims).some((name) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name))
    ? 'a name in it has characters that are not seen'
    : undefined
