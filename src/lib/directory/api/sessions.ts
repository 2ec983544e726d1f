import {access} from '../rules/access.ts'
import {notFound} from '../rules/graph-failure.ts'
import {removeSession} from '../store/sessions.ts'
import {type Answer, noContent, parameter, type TenantCall, type TenantRoute} from './call.ts'

/** /fedctl/v1/sessions: a session that /login.srf has opened can be ended by those who may change trusts, who prove them by one. */
export const sessionRoutes: readonly TenantRoute[] = [
  {method: 'DELETE', path: '/fedctl/v1/sessions/:session', needs: access.writeFederation, run: answerRemoval},
]

async function answerRemoval(call: TenantCall): Promise<Answer> {
  const id = parameter(call, 'session').toLowerCase()
  if (!(await call.services.store.change((db) => removeSession(db, call.tenant.id, id)))) throw notFound(id)
  return noContent
}
