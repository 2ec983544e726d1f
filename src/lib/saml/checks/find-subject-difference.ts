import type {Check} from '../check.ts'
import type {SignedToken} from '../signed-token.ts'

/** All statements are about one subject, by name and format (SAML 1.1 core 2.4.2); SAML 2.0 has one subject. */
export const findSubjectDifference: Check<SignedToken> = ({claims: {version, subjects}}) => {
  const names = new Set(subjects.map(({nameId, format}) => JSON.stringify([nameId, format])))
  return names.size === 1 && (version === '1.1' || subjects.length === 1)
    ? undefined
    : 'its statements are about different subjects'
}
