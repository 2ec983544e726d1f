import {upnSuffix} from '../../model/user-principal-name.ts'
import {access} from '../rules/access.ts'
import {notFound, takenMeanwhile} from '../rules/graph-failure.ts'
import {userResource} from '../rules/user-properties.ts'
import {checkUserMove} from '../rules/user-rules.ts'
import {findDomain} from '../store/domains.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {ObjectRow} from '../store/objects.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {findConflicts, listTakenProxies} from '../store/user-conflicts.ts'
import {changeUser, findUser, type StoredUser} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import {guardAdministrator} from './authorize.ts'
import {type Answer, noContent, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {type Deletable, deleteObject} from './deletable.ts'
import {readOptionalBody} from './read-body.ts'
import {toDomainState, toState} from './save-user.ts'

// Their rows are what a table of users holds: nothing else makes them.
const toUser = (object: StoredObject): StoredUser => object as unknown as StoredUser

/** Users, as their deletion sees them. */
export const deletableUsers: Deletable = {
  resource: userResource,
  read: access.readUsers,
  write: access.writeUsers,
  change: (db, user, change) => changeUser(db, toUser(user), change),
  audit: (db, call, {activity, before, after}) =>
    auditUser(db, call, {activity: `${activity} user`, before: toUser(before), after: toUser(after)}),
  guard: (db, call, {id}) => guardAdministrator(db, call, id),
  planRestoration: (db, call, user) => planRestoration(db, call, toUser(user)),
}

/** DELETE /users/{id}. */
export const deletedUserRoutes: readonly TenantRoute[] = [
  {method: 'DELETE', path: '/users/:user', needs: access.writeUsers, run: answerDeletion},
]

async function answerDeletion(call: TenantCall): Promise<Answer> {
  const identity = parameter(call, 'user')
  await call.services.store.change(async (db) => {
    const user = await findUser(db, call.tenant.id, identity)
    if (user === undefined) throw notFound(identity)
    await deleteObject(db, call, {kind: deletableUsers, object: {...user}})
  })
  return noContent
}

async function planRestoration(db: Queries, call: TenantCall, user: StoredUser): Promise<ObjectRow> {
  const {newUserPrincipalName, autoReconcileProxyConflict} = readOptionalBody(call, 'User', {
    newUserPrincipalName: {kind: 'text'},
    autoReconcileProxyConflict: {kind: 'flag'},
  })
  const after = {...user, userPrincipalName: newUserPrincipalName ?? user.userPrincipalName}
  if (autoReconcileProxyConflict) after.proxyAddresses = await withoutTaken(db, after)
  const domain = await findDomain(db, after.tenantId, upnSuffix(after.userPrincipalName))
  checkUserMove({after: toState(after), to: toDomainState(domain), givesPassword: false})
  const [conflict] = await findConflicts(db, after)
  if (conflict !== undefined) throw takenMeanwhile(after.userPrincipalName, conflict)
  const {userPrincipalName, proxyAddresses} = after
  return {userPrincipalName, proxyAddresses}
}

async function withoutTaken(db: Queries, user: StoredUser): Promise<string> {
  const taken = await listTakenProxies(db, user)
  const addresses = readList(user.proxyAddresses)
  return JSON.stringify(addresses.filter((address) => !taken.includes(address.toLowerCase())))
}
