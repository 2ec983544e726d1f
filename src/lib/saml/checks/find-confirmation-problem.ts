import type {Check} from '../check.ts'
import {bearerMethods} from '../saml-names.ts'
import type {SignedToken} from '../signed-token.ts'

/**
 * Every confirmation of its subject is that of a bearer. SAML 2.0 has one, with its conditions (profiles 4.1.4.2); in SAML 1.1, where a
 * browser posts nothing else, it may be left out, as SimpleSAMLphp does.
 */
export const findConfirmationProblem: Check<SignedToken> = ({claims: {version, subjects}}) => {
  const confirmations = subjects.flatMap((subject) => subject.confirmations)
  const isConfirmed =
    confirmations.every(({method}) => bearerMethods.includes(method)) &&
    (version === '1.1' || (confirmations.length > 0 && confirmations.every(({bearer}) => bearer !== undefined)))
  return isConfirmed ? undefined : 'its subject is not confirmed as the bearer'
}
