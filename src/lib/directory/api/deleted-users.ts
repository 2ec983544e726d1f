import {upnSuffix} from '../../model/user-principal-name.ts'
import {access} from '../rules/access.ts'
import {GraphFailure, notFound} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {userResource} from '../rules/user-properties.ts'
import {checkUserMove} from '../rules/user-rules.ts'
import {findDomain} from '../store/domains.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {findConflicts, listTakenProxies} from '../store/user-conflicts.ts'
import {
  changeUser,
  findDeletedUser,
  findUser,
  removeDeletedBefore,
  removeUser,
  type StoredUser,
} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import {type Answer, context, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {refuseLastAdministrator} from './last-administrator.ts'
import {answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {readOptionalBody} from './read-body.ts'
import {toDomainState, toState} from './save-user.ts'
import {toGraphUser} from './users.ts'

/** DELETE /users/{id}, and /directory/deletedItems where deleted users wait for 30 days. */
export const deletedUserRoutes: readonly TenantRoute[] = [
  {method: 'DELETE', path: '/users/:user', needs: access.writeUsers, run: answerDeletion},
  {
    method: 'GET',
    path: '/directory/deletedItems/microsoft.graph.user',
    needs: access.readUsers,
    run: (call) =>
      answerObjectList(call, {resource: userResource, tenantId: call.tenant.id, deletedSince: keptSince(call)}),
  },
  {method: 'GET', path: '/directory/deletedItems/:item', needs: access.readUsers, run: answerItem},
  {method: 'POST', path: '/directory/deletedItems/:item/restore', needs: access.writeUsers, run: answerRestoration},
  {method: 'DELETE', path: '/directory/deletedItems/:item', needs: access.writeUsers, run: answerFinalDeletion},
]

const keptDays = 30

/** Who was deleted at this time or before is gone. */
const keptSince = ({services}: TenantCall): string =>
  timestamp(new Date(services.now().getTime() - keptDays * 86_400_000))

async function answerDeletion(call: TenantCall): Promise<Answer> {
  const {services, tenant} = call
  const identity = parameter(call, 'user')
  await services.store.change(async (db) => {
    const user = await findUser(db, tenant.id, identity)
    if (user === undefined) throw notFound(identity)
    await refuseLastAdministrator(db, user)
    const change = {deletedDateTime: timestamp(services.now())}
    await changeUser(db, user, change)
    await auditUser(db, call, {activity: 'Delete user', before: user, after: {...user, ...change}})
    await removeDeletedBefore(db, tenant.id, keptSince(call))
  })
  return noContent
}

async function answerItem(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select'])
  return toAnswer(call, await call.services.store.read((db) => requireDeleted(db, call)))
}

const toAnswer = (call: TenantCall, user: StoredUser): Answer =>
  ok({
    '@odata.context': context(call, 'directoryObjects/$entity'),
    '@odata.type': '#microsoft.graph.user',
    ...toGraphUser(user, readSelect(call)),
  })

async function answerFinalDeletion(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const user = await requireDeleted(db, call)
    await removeUser(db, user.id)
    await auditUser(db, call, {activity: 'Hard Delete user', before: user, after: user})
  })
  return noContent
}

async function answerRestoration(call: TenantCall): Promise<Answer> {
  const {newUserPrincipalName, autoReconcileProxyConflict} = readOptionalBody(call, 'User', {
    newUserPrincipalName: {kind: 'text'},
    autoReconcileProxyConflict: {kind: 'flag'},
  })
  const restored = await call.services.store.change(async (db) => {
    const user = await requireDeleted(db, call)
    const after = {...user, userPrincipalName: newUserPrincipalName ?? user.userPrincipalName, deletedDateTime: null}
    if (autoReconcileProxyConflict) after.proxyAddresses = await withoutTaken(db, after)
    const domain = await findDomain(db, after.tenantId, upnSuffix(after.userPrincipalName))
    checkUserMove({after: toState(after), to: toDomainState(domain), givesPassword: false})
    const [conflict] = await findConflicts(db, after)
    if (conflict !== undefined) throw nameTaken(after, conflict)
    const {userPrincipalName, proxyAddresses} = after
    await changeUser(db, user, {userPrincipalName, proxyAddresses, deletedDateTime: null})
    await auditUser(db, call, {activity: 'Restore user', before: user, after})
    return after
  })
  return toAnswer(call, restored)
}

async function withoutTaken(db: Queries, user: StoredUser): Promise<string> {
  const taken = await listTakenProxies(db, user)
  const addresses = readList(user.proxyAddresses)
  return JSON.stringify(addresses.filter((address) => !taken.includes(address.toLowerCase())))
}

const nameTaken = (
  user: StoredUser,
  property: 'userPrincipalName' | 'onPremisesImmutableId' | 'proxyAddresses',
): GraphFailure =>
  new GraphFailure(
    409,
    'Request_MultipleObjectsWithSameKeyValue',
    `'${user.userPrincipalName}' cannot be restored: another object with the same value for property ${property} already exists.`,
    [{code: 'ObjectConflict', target: property}],
  )

async function requireDeleted(db: Queries, call: TenantCall): Promise<StoredUser> {
  const id = parameter(call, 'item')
  const user = await findDeletedUser(db, {tenantId: call.tenant.id, id, since: keptSince(call)})
  if (user === undefined) throw notFound(id)
  return user
}
