import {betaUserProperties} from '../rules/user-properties.ts'
import type {Queries} from '../store/schema.ts'
import type {StoredUser} from '../store/users.ts'
import {type AuditTarget, audit, changesBetween} from './audit.ts'
import type {TenantCall} from './call.ts'

/** A user as the audit log names one. */
export const userTarget = ({id, displayName, userPrincipalName}: StoredUser): AuditTarget => ({
  type: 'User',
  id,
  displayName,
  userPrincipalName,
})

/** What happened to a user, besides what of the properties changed. */
export type UserActivity =
  | 'Add user'
  | 'Change user password'
  | 'Delete user'
  | 'Hard Delete user'
  | 'Reset user password'
  | 'Restore user'
  | 'Update StsRefreshTokenValidFrom Timestamp'
  | 'Update user'

const operations = {
  'Add user': 'Add',
  'Change user password': 'Update',
  'Delete user': 'Delete',
  'Hard Delete user': 'Delete',
  'Reset user password': 'Update',
  'Restore user': 'Update',
  'Update StsRefreshTokenValidFrom Timestamp': 'Update',
  'Update user': 'Update',
} as const

/** Two states of a user; a new one has none before. */
export interface UserStates {
  readonly before?: StoredUser
  readonly after: StoredUser
}

/** Writes down what happened to a user. An update without any change is not written; one that blocks or unblocks the account is told twice. */
export async function auditUser(
  db: Queries,
  call: TenantCall,
  {activity, before, after}: UserStates & {readonly activity: UserActivity},
): Promise<void> {
  const changes = changesBetween(before, after, betaUserProperties)
  if (activity === 'Update user' && changes.length === 0) return
  const entry = {category: 'UserManagement', operation: operations[activity], targets: [userTarget(after)]} as const
  await audit(db, call, {...entry, activity, changes})
  if (before === undefined || Boolean(before.accountEnabled) === Boolean(after.accountEnabled)) return
  const change = changes.filter(({property}) => property === 'accountEnabled')
  await audit(db, call, {
    ...entry,
    activity: after.accountEnabled ? 'Enable account' : 'Disable account',
    changes: change,
  })
}
