import {access} from '../rules/access.ts'
import {badRequest, notFound} from '../rules/graph-failure.ts'
import {userResource} from '../rules/user-properties.ts'
import {addLink, linkedIds, removeLink} from '../store/links.ts'
import type {Queries} from '../store/schema.ts'
import {findUser, type StoredUser, usersOf} from '../store/users.ts'
import {audit} from './audit.ts'
import {userTarget} from './audit-users.ts'
import {type Answer, context, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {requireReferenced} from './link-routes.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {readJson} from './read-body.ts'
import {relationRoutes} from './relation-routes.ts'
import {toGraphUser} from './users.ts'

const path = '/users/:user/manager'
const property = 'manager'

/** /users/{id}/manager, which is one user or nobody, and the other way, /directReports. */
export const reportingRoutes: readonly TenantRoute[] = [
  {method: 'GET', path, needs: access.readUsers, run: answerManager},
  {method: 'PUT', path: `${path}/$ref`, needs: access.writeUsers, run: answerChange},
  {method: 'DELETE', path: `${path}/$ref`, needs: access.writeUsers, run: answerRemoval},
  ...relationRoutes({
    path: '/users/:user/directReports',
    needs: access.readUsers,
    resources: [userResource],
    link: {property, backwards: true},
    find: requireUser,
  }),
]

async function answerManager(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$select'])
  const manager = await call.services.store.read(async (db) => findManager(db, await requireUser(db, call)))
  if (manager === undefined) throw notFound(property)
  const shown = toGraphUser(manager, readSelect(call))
  return ok({
    '@odata.context': context(call, 'directoryObjects/$entity'),
    '@odata.type': '#microsoft.graph.user',
    ...shown,
  })
}

async function answerChange(call: TenantCall): Promise<Answer> {
  const reference = (readJson(call.request.body) as {'@odata.id'?: unknown})['@odata.id']
  await call.services.store.change(async (db) => {
    const user = await requireUser(db, call)
    const {resource, object} = await requireReferenced(db, call, reference)
    if (resource !== userResource)
      throw badRequest(`An invalid operation was included in the following modified references: '${property}'.`)
    const before = await findManager(db, user)
    if (before?.id === object.id) return
    await removeAll(db, user)
    await addLink(db, {tenantId: user.tenantId, objectId: user.id, property, targetType: 'User', targetId: object.id})
    await auditManager(db, call, {user, before, after: object as unknown as StoredUser})
  })
  return noContent
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const user = await requireUser(db, call)
    const before = await findManager(db, user)
    if (before === undefined) throw notFound(property)
    await removeAll(db, user)
    await auditManager(db, call, {user, before, after: undefined})
  })
  return noContent
}

async function requireUser(db: Queries, call: TenantCall): Promise<StoredUser> {
  const identity = parameter(call, 'user')
  const user = await findUser(db, call.tenant.id, identity)
  if (user === undefined) throw notFound(identity)
  return user
}

/** A manager who is deleted does not count, until restored. */
const findManager = (db: Queries, {id, tenantId}: StoredUser): Promise<StoredUser | undefined> =>
  usersOf(db, tenantId)
    .selectAll()
    .where('id', 'in', linkedIds(db, {objectId: id, property}))
    .executeTakeFirst()

/** Also one who is deleted: a user has one manager. */
async function removeAll(db: Queries, {id}: StoredUser): Promise<void> {
  for (const {id: targetId} of await linkedIds(db, {objectId: id, property}).execute())
    await removeLink(db, {objectId: id, property, targetId})
}

interface ManagerChange {
  readonly user: StoredUser
  readonly before: StoredUser | undefined
  readonly after: StoredUser | undefined
}

const auditManager = (db: Queries, call: TenantCall, {user, before, after}: ManagerChange): Promise<void> =>
  audit(db, call, {
    activity: after === undefined ? 'Remove user manager' : 'Set user manager',
    category: 'UserManagement',
    operation: after === undefined ? 'Unassign' : 'Assign',
    targets: [
      userTarget(user),
      ...[after ?? before].flatMap((manager) => (manager === undefined ? [] : [userTarget(manager)])),
    ],
    changes: [{property, before: before?.id, after: after?.id}],
  })
