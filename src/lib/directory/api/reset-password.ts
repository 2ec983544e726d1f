import {upnSuffix} from '../../model/user-principal-name.ts'
import {access} from '../rules/access.ts'
import {badRequest, notFound} from '../rules/graph-failure.ts'
import {checkPassword, newPassword} from '../rules/passwords.ts'
import {keepsPassword} from '../rules/user-rules.ts'
import {findDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {changeUser, findUser, type StoredUser} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import {guardAdministrator} from './authorize.ts'
import {type Answer, context, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {readOptionalBody} from './read-body.ts'
import {preparePassword, savePassword} from './save-password.ts'
import {toDomainState, toState} from './save-user.ts'

/** The password as a sign-in method: the same id for every user. */
const passwordMethod = '28c10230-6103-485e-b985-444c60001490'

/** /users/{id}/authentication/methods/{id}/resetPassword. */
export const passwordRoutes: readonly TenantRoute[] = [
  {
    method: 'POST',
    path: '/users/:user/authentication/methods/:method/resetPassword',
    needs: access.resetPasswords,
    run: answerReset,
  },
]

/** Gives a user a new password, made here unless one is given, which must be changed at the next sign-in. */
async function answerReset(call: TenantCall): Promise<Answer> {
  const {services} = call
  const method = parameter(call, 'method')
  if (method !== passwordMethod) throw notFound(method)
  const {newPassword: wanted} = readOptionalBody(call, 'PasswordResetResponse', {newPassword: {kind: 'text'}})
  const password = wanted ?? newPassword(services.randomBytes)
  checkPassword(password, await services.store.read((db) => requireOwnPassword(db, call)))
  const given = (await preparePassword(services, password, true)) ?? {password}
  await services.store.change(async (db) => {
    const owner = await requireOwnPassword(db, call)
    checkPassword(password, owner)
    const times = await savePassword(db, services, {owner, given, profile: {forceChangePasswordNextSignIn: true}})
    await changeUser(db, owner, times)
    await auditUser(db, call, {activity: 'Reset user password', before: owner, after: {...owner, ...times}})
  })
  const body = {'@odata.context': context(call, 'microsoft.graph.passwordResetResponse'), newPassword: password}
  return {status: 202, body}
}

/** The user that the path names, whose password is checked here and nowhere else. */
async function requireOwnPassword(db: Queries, call: TenantCall): Promise<StoredUser> {
  const identity = parameter(call, 'user')
  const user = await findUser(db, call.tenant.id, identity)
  if (user === undefined) throw notFound(identity)
  await guardAdministrator(db, call, user.id)
  const domain = await findDomain(db, user.tenantId, upnSuffix(user.userPrincipalName))
  if (keepsPassword(toState(user), toDomainState(domain))) return user
  throw badRequest(`The password of '${user.userPrincipalName}' is kept on premises: it cannot be reset here.`)
}
