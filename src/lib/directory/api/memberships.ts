import {access} from '../rules/access.ts'
import {directoryRoleResource} from '../rules/directory-role-properties.ts'
import {badRequest, missingValue} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {Resource} from '../rules/resource.ts'
import {listObjects, type StoredObject} from '../store/list-objects.ts'
import {type Answer, context, ok, type TenantCall, type TenantRoute} from './call.ts'
import {readBody} from './read-body.ts'
import {type Relation, relationRoutes} from './relation-routes.ts'

type Find = Relation['find']

const needs = access.readMemberships
const link = {property: 'members', backwards: true} as const
const both = [groupResource, directoryRoleResource]

/** What an object is a member of, directly or through groups: lists, and questions about them. */
export function membershipRoutes(path: string, find: Find): readonly TenantRoute[] {
  const isTransitive = true
  const post = (action: string, run: (call: TenantCall) => Promise<Answer>): TenantRoute => ({
    method: 'POST',
    path: `${path}/${action}`,
    needs,
    run,
  })
  return [
    ...relationRoutes({path: `${path}/memberOf`, needs, resources: both, link, find}),
    ...relationRoutes({
      path: `${path}/transitiveMemberOf`,
      needs,
      resources: both,
      link: {...link, isTransitive},
      find,
    }),
    post('checkMemberGroups', (call) => answerCheck(call, find, {property: 'groupIds', resources: [groupResource]})),
    post('checkMemberObjects', (call) => answerCheck(call, find, {property: 'ids', resources: both})),
    post('getMemberGroups', (call) => answerMemberships(call, find, [groupResource])),
    post('getMemberObjects', (call) => answerMemberships(call, find, both)),
  ]
}

const mostChecked = 20
const mostMemberships = 11_000

interface Checked {
  readonly property: 'groupIds' | 'ids'
  readonly resources: readonly Resource[]
}

async function answerCheck(call: TenantCall, find: Find, {property, resources}: Checked): Promise<Answer> {
  const body = readBody(call, 'DirectoryObject', {[property]: {kind: 'texts', most: mostChecked, notNull: true}})
  const asked = body[property] as readonly string[] | undefined
  if (asked === undefined) throw missingValue(property, 'DirectoryObject')
  const held = new Set((await listMemberships(call, find, resources)).map(({id}) => id))
  return answerIds(
    call,
    asked.filter((id) => held.has(id.toLowerCase())),
  )
}

async function answerMemberships(call: TenantCall, find: Find, resources: readonly Resource[]): Promise<Answer> {
  const {securityEnabledOnly} = readBody(call, 'DirectoryObject', {securityEnabledOnly: {kind: 'flag'}})
  const held = await listMemberships(call, find, resources)
  const shown = held.filter((object) => !securityEnabledOnly || object['securityEnabled'] !== 0)
  return answerIds(
    call,
    shown.map(({id}) => id),
  )
}

async function listMemberships(call: TenantCall, find: Find, resources: readonly Resource[]): Promise<StoredObject[]> {
  const {services, tenant} = call
  return services.store.read(async (db) => {
    const {id: objectId} = await find(db, call)
    const order = {by: 'createdDateTime', descending: false}
    const found: StoredObject[] = []
    for (const resource of resources) {
      const columns = resource === groupResource ? ['securityEnabled'] : []
      const set = {resource, tenantId: tenant.id, linked: {...link, objectId, isTransitive: true}} as const
      found.push(...(await listObjects(db, set, {columns, order, size: mostMemberships + 1})))
    }
    if (found.length > mostMemberships)
      throw badRequest(
        `The object belongs to more than ${mostMemberships} objects: ask for them as a list.`,
        'Directory_ResultSizeLimitExceeded',
      )
    return found
  })
}

const answerIds = (call: TenantCall, value: readonly string[]): Answer =>
  ok({'@odata.context': context(call, 'Collection(Edm.String)'), value})
