import * as Flags from '@oclif/core/flags'
import {optionalIdentity, requiredIdentity} from './identity.ts'

const role = {
  description: 'Name, object id or template id of a role.',
  parse: (text: string) => text,
  givenAs: ['role-name', 'role-object-id'],
}

/** A role as the main object. */
export const roleArg = requiredIdentity(role)
export const optionalRoleArg = optionalIdentity(role)
export const roleIdentity = {
  'role-name': Flags.string({summary: 'The role by name.'}),
  'role-object-id': Flags.string({summary: 'The role by object id.'}),
}
