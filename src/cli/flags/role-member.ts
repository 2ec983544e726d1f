import {requiredIdentity} from './identity.ts'
import {guid, toUserIdentity, userPrincipalName} from './value.ts'

/** The user who is given a role, second after the role. */
export const memberArg = requiredIdentity({
  description: 'User principal name or object id of the member.',
  parse: toUserIdentity,
  givenAs: ['role-member-email-address', 'role-member-object-id'],
})
export const memberIdentity = {
  'role-member-email-address': userPrincipalName({summary: 'The member by user principal name.'}),
  'role-member-object-id': guid({summary: 'The member by object id.'}),
}
