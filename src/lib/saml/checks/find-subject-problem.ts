import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** It has a subject with a name; in SAML 1.1 each statement has. */
export const findSubjectProblem: Check<SignedToken> = ({claims: {subjects}}) =>
  subjects.length > 0 && subjects.every(({nameId}) => nameId !== undefined && nameId !== '')
    ? undefined
    : 'it does not name its subject'
