import {GraphFailure, notFound} from '../rules/graph-failure.ts'
import {countUsers, listUsers, type UserSet} from '../store/list-users.ts'
import {findUser, type StoredUser} from '../store/users.ts'
import {type Answer, context, created, noContent, ok, parameter, type Route, type TenantCall} from './call.ts'
import {isAdvanced, readFilter, readListOptions, readSelect, refuseOthers, writeSkipToken} from './list-options.ts'
import {createUser, updateUser} from './save-user.ts'
import {columnsOf, readShown, toGraphUser} from './to-graph-user.ts'
import {readUserBody} from './user-body.ts'

/** /users and /me. */
export const userRoutes: readonly Route<TenantCall>[] = [
  {method: 'GET', path: '/users', run: (call) => answerUserList(call, {tenantId: call.tenant.id})},
  {method: 'GET', path: '/users/$count', run: answerCount},
  {method: 'POST', path: '/users', run: answerCreation},
  {method: 'GET', path: '/users/:user', run: async (call) => answerUser(call, await requireUser(call))},
  {method: 'PATCH', path: '/users/:user', run: answerChange},
  {method: 'GET', path: '/me', run: async (call) => answerUser(call, await requireMe(call))},
]

/** One page of a set of users. */
export async function answerUserList(call: TenantCall, among: UserSet): Promise<Answer> {
  const {select, counts, filter, ...page} = readListOptions(call)
  const shown = readShown(select)
  const set = filter === undefined ? among : {...among, filter}
  const {store} = call.services
  // One more than the page holds tells whether there is another page.
  const rows = await store.read((db) => listUsers(db, set, {...page, columns: columnsOf(shown), size: page.size + 1}))
  const users = rows.slice(0, page.size)
  const last = users.at(-1)
  const count = counts && page.after === undefined ? await store.read((db) => countUsers(db, set)) : undefined
  return ok({
    '@odata.context': context(call, 'users'),
    ...(count === undefined ? {} : {'@odata.count': count}),
    ...(last === undefined || rows.length === users.length
      ? {}
      : {'@odata.nextLink': nextLink(call, [last[page.order.by], last.id])}),
    value: users.map((user) => toGraphUser(user, shown)),
  })
}

function nextLink({url}: TenantCall, after: readonly [string, string]): string {
  const next = new URL(url)
  next.searchParams.set('$skiptoken', writeSkipToken(after))
  return next.href.replaceAll('+', '%20').replaceAll(/(?<=[?&])%24/g, '$')
}

async function answerCount(call: TenantCall): Promise<Answer> {
  refuseOthers(call, ['$filter'])
  if (!isAdvanced(call)) throw new GraphFailure(400, 'Request_BadRequest', '$count is not currently supported.')
  const filter = readFilter(call, true)
  const set = {tenantId: call.tenant.id, ...(filter === undefined ? {} : {filter})}
  return ok(String(await call.services.store.read((db) => countUsers(db, set))))
}

async function answerCreation(call: TenantCall): Promise<Answer> {
  const id = await createUser(call.services, call.tenant.id, readUserBody(call))
  const user = await findById(call, id)
  return created({'@odata.context': context(call, 'users/$entity'), ...toGraphUser(user, readShown(undefined))})
}

async function answerChange(call: TenantCall): Promise<Answer> {
  await updateUser(call.services, {tenantId: call.tenant.id, identity: parameter(call, 'user')}, readUserBody(call))
  return noContent
}

function answerUser(call: TenantCall, user: StoredUser): Answer {
  refuseOthers(call, ['$select'])
  return ok({'@odata.context': context(call, 'users/$entity'), ...toGraphUser(user, readShown(readSelect(call)))})
}

/** The user that the path names, by id or UPN. */
export const requireUser = (call: TenantCall): Promise<StoredUser> => findById(call, parameter(call, 'user'))

async function findById({services, tenant}: TenantCall, identity: string): Promise<StoredUser> {
  const user = await services.store.read((db) => findUser(db, tenant.id, identity))
  if (user === undefined) throw notFound(identity)
  return user
}

async function requireMe(call: TenantCall): Promise<StoredUser> {
  if (call.accountId === undefined)
    throw new GraphFailure(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
  return findById(call, call.accountId)
}
