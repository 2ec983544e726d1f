import {TokenRefusal} from '../../../saml/token-refusal.ts'
import type {StoredUser} from '../../store/users.ts'

/** The user may sign in. Throws TokenRefusal. */
export function refuseDisabled({accountEnabled}: StoredUser): void {
  if (accountEnabled !== 1) throw new TokenRefusal('UserDisabled', 'the account of its user is disabled')
}
