import {access} from '../rules/access.ts'
import {GraphFailure, notFound} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import {basicUserResource, betaUserResource, userResource} from '../rules/user-properties.ts'
import {findUser, type StoredUser} from '../store/users.ts'
import {denied, isPermitted} from './authorize.ts'
import {
  type Answer,
  context,
  created,
  isBeta,
  noContent,
  ok,
  parameter,
  type TenantCall,
  type TenantRoute,
} from './call.ts'
import {deltaRoute} from './delta.ts'
import {expand} from './expand.ts'
import {answerObjectCount, answerObjectList} from './list-objects.ts'
import {readSelect, refuseOthers} from './list-options.ts'
import {accountOf} from './principal.ts'
import {createUser, updateUser} from './save-user.ts'
import {readShown, toGraphObject} from './to-graph-object.ts'
import {readUserBody} from './user-body.ts'

/** /users and /me. */
export const userRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path: '/users',
    needs: access.readBasicUsers,
    run: async (call) => answerObjectList(call, await everybody(call)),
  },
  {
    method: 'GET',
    path: '/users/$count',
    needs: access.readBasicUsers,
    run: async (call) => answerObjectCount(call, await everybody(call)),
  },
  deltaRoute({resource: userResource, needs: access.readUsers, auditType: 'User'}),
  {method: 'POST', path: '/users', needs: access.writeUsers, run: answerCreation},
  {
    method: 'GET',
    path: '/users/:user',
    needs: access.readBasicUsers,
    run: async (call) => answerUser(call, await requireUser(call), await readable(call)),
  },
  {method: 'PATCH', path: '/users/:user', needs: access.writeUsers, run: answerChange},
  {
    method: 'GET',
    path: '/me',
    needs: access.readOwnUser,
    run: async (call) => answerUser(call, await requireMe(call), resourceOf(call)),
  },
]

const everybody = async (call: TenantCall) => ({resource: await readable(call), tenantId: call.tenant.id})

/** What the caller may see of users. Refuses to show more to who may see names and mail addresses alone. */
async function readable(call: TenantCall): Promise<Resource> {
  const all = resourceOf(call)
  if (await call.services.store.read((db) => isPermitted(db, call, access.readUsers))) return all
  const hidden = (name: string): boolean => name in all.properties && !(name in basicUserResource.properties)
  if (readSelect(call)?.some(hidden)) throw denied()
  return basicUserResource
}

/** Users as they are asked for: /beta knows more of them. */
const resourceOf = (call: TenantCall) => (isBeta(call) ? betaUserResource : userResource)

async function answerCreation(call: TenantCall): Promise<Answer> {
  const user = await createUser(call, readUserBody(call))
  return created({'@odata.context': context(call, 'users/$entity'), ...toGraphUser(user)})
}

async function answerChange(call: TenantCall): Promise<Answer> {
  await updateUser(call, parameter(call, 'user'), readUserBody(call))
  return noContent
}

async function answerUser(call: TenantCall, user: StoredUser, resource: Resource): Promise<Answer> {
  refuseOthers(call, ['$select', '$expand'])
  const shown = toGraphObject(resource, user, readShown(resource, readSelect(call)))
  const [expanded] = await call.services.store.read((db) => expand(db, call, {resource, objects: [user]}))
  return ok({'@odata.context': context(call, 'users/$entity'), ...shown, ...expanded})
}

/** The user that the path names, by id or UPN. */
export const requireUser = (call: TenantCall): Promise<StoredUser> => findById(call, parameter(call, 'user'))

async function findById({services, tenant}: TenantCall, identity: string): Promise<StoredUser> {
  const user = await services.store.read((db) => findUser(db, tenant.id, identity))
  if (user === undefined) throw notFound(identity)
  return user
}

/** The user who asks. */
export async function requireMe(call: TenantCall): Promise<StoredUser> {
  const account = accountOf(call.caller)
  if (account === undefined)
    throw new GraphFailure(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
  return findById(call, account)
}

/** A user as Graph writes one: what was selected, or the standard properties. */
export const toGraphUser = (user: StoredUser, select?: readonly string[]): object =>
  toGraphObject(userResource, user, readShown(userResource, select))
