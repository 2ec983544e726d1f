import {auditUser} from '../../api/audit-users.ts'
import type {Call} from '../../api/call.ts'
import {preparePassword, savePassword} from '../../api/save-password.ts'
import {GraphFailure} from '../../rules/graph-failure.ts'
import {checkPassword} from '../../rules/passwords.ts'
import {findTenant} from '../../store/tenants.ts'
import {changeUser, findUser, type StoredUser} from '../../store/users.ts'
import {type PasswordUser, requireUnchanged} from './check-user-password.ts'

/** Two passwords that somebody has typed, one to replace the other, and the new one again. */
export interface PasswordChange {
  readonly password: string
  readonly wanted: string
  readonly again: string | undefined
  readonly appId: string
}

/** Gives a user, whose password was just checked, another one; undefined when it is kept, else what is wrong with it. */
export async function changeOwnPassword(
  call: Call,
  checked: PasswordUser,
  {password, wanted, again, appId}: PasswordChange,
): Promise<string | undefined> {
  const {services} = call
  const {user} = checked
  if (wanted !== again) return 'The passwords do not match.'
  if (wanted === password) return 'The new password must be another one than the current one.'
  const problem = problemOf(wanted, user)
  if (problem !== undefined) return problem
  const given = (await preparePassword(services, wanted, true)) ?? {password: wanted}
  await services.store.change(async (db) => {
    await requireUnchanged(db, checked)
    const owner = await findUser(db, user.tenantId, user.id)
    const tenant = await findTenant(db, user.tenantId)
    if (owner === undefined || tenant === undefined) return
    const times = await savePassword(db, services, {owner, given, profile: {forceChangePasswordNextSignIn: false}})
    await changeUser(db, owner, times)
    const caller = {kind: 'user', tenantId: tenant.id, appId, accountId: user.id, permissions: []} as const
    await auditUser(
      db,
      {...call, tenant, caller},
      {activity: 'Change user password', before: owner, after: {...owner, ...times}},
    )
  })
  return undefined
}

function problemOf(password: string, user: StoredUser): string | undefined {
  try {
    checkPassword(password, user)
    return undefined
  } catch (error) {
    if (error instanceof GraphFailure) return error.message
    throw error
  }
}
