import {access} from '../rules/access.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {removeSessionsOf} from '../store/sessions.ts'
import {changeUser, findUser, type StoredUser} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import {type Answer, context, isBeta, ok, type TenantCall, type TenantRoute} from './call.ts'
import {requireMe, requireUser} from './users.ts'

/** /users/{id}/revokeSignInSessions and /me/revokeSignInSessions: what was issued before this moment counts no more. */
export const revocationRoutes: readonly TenantRoute[] = [
  {
    method: 'POST',
    path: '/users/:user/revokeSignInSessions',
    needs: access.revokeSessions,
    run: async (call) => answerRevocation(call, await requireUser(call)),
  },
  {
    method: 'POST',
    path: '/me/revokeSignInSessions',
    needs: access.revokeOwnSessions,
    run: async (call) => answerRevocation(call, await requireMe(call)),
  },
  {
    method: 'POST',
    path: '/users/:user/invalidateAllRefreshTokens',
    needs: access.revokeSessions,
    run: answerInvalidation,
  },
]

/** The older name, which only /beta still has. */
async function answerInvalidation(call: TenantCall): Promise<Answer> {
  if (!isBeta(call)) throw badRequest("Resource not found for the segment 'invalidateAllRefreshTokens'.", 'BadRequest')
  return answerRevocation(call, await requireUser(call))
}

async function answerRevocation(call: TenantCall, {id, tenantId}: StoredUser): Promise<Answer> {
  const {services} = call
  await services.store.change(async (db) => {
    const before = await findUser(db, tenantId, id)
    if (before === undefined) return
    const change = {signInSessionsValidFromDateTime: timestamp(services.now())}
    await changeUser(db, before, change)
    await removeSessionsOf(db, id)
    const activity = 'Update StsRefreshTokenValidFrom Timestamp'
    await auditUser(db, call, {activity, before, after: {...before, ...change}})
  })
  return ok({'@odata.context': context(call, 'Edm.Boolean'), value: true})
}
