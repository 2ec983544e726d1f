import {upnKey} from '../../../model/user-principal-name.ts'
import type {Call} from '../../api/call.ts'
import {findSession} from '../../store/sessions.ts'
import {findUser} from '../../store/users.ts'
import type {Authentication} from '../grants/new-grant.ts'
import {isCurrent} from '../is-current.ts'
import {hashOf} from '../new-secret.ts'
import {methodsOf} from './methods-of.ts'
import {readCookie} from './read-cookie.ts'

/** Which session will do. */
interface Acceptable {
  readonly tenantId?: string | undefined
  /** Only that of this user. */
  readonly login?: string | undefined
  readonly maxAgeSeconds?: number
}

/**
 * Who is signed in in this browser already. Only a session that this browser has begun counts: anybody can make a browser post a token of
 * their own, and so sign somebody else in as themselves.
 */
export async function findAuthentication(
  {services, request}: Call,
  {tenantId, login, maxAgeSeconds = Number.POSITIVE_INFINITY}: Acceptable,
): Promise<Authentication | undefined> {
  const secret = readCookie(request, '__Host-fedctl-session')
  if (secret === undefined) return undefined
  return services.store.read(async (db) => {
    const session = await findSession(db, hashOf(secret), services.now())
    if (session === undefined || session.isBegunHere !== 1) return undefined
    const user = await findUser(db, session.tenantId, session.userId)
    if (user === undefined || user.accountEnabled !== 1 || !isCurrent(user, session.createdDateTime)) return undefined
    if (tenantId !== undefined && tenantId !== user.tenantId) return undefined
    if (login !== undefined && upnKey(login) !== user.upnKey) return undefined
    const time = new Date(session.createdDateTime)
    if (!((services.now().getTime() - time.getTime()) / 1000 <= maxAgeSeconds)) return undefined
    return {user, time, methods: methodsOf(session)}
  })
}
