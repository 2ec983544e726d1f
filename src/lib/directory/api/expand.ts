import {noSuchProperty} from '../odata/check-filter.ts'
import {type Access, access} from '../rules/access.ts'
import {applicationResource, servicePrincipalResource} from '../rules/application-properties.ts'
import {deviceResource} from '../rules/device-properties.ts'
import {directoryRoleResource} from '../rules/directory-role-properties.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {Resource} from '../rules/resource.ts'
import {userResource} from '../rules/user-properties.ts'
import type {Linked} from '../store/links.ts'
import {listPlaces, type StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {requireAccess} from './authorize.ts'
import type {TenantCall} from './call.ts'
import {findPlaced} from './list-directory-objects.ts'

/** What $expand puts into an object: objects that belong to it, or the one. */
interface Expansion {
  readonly needs: Access
  readonly resources: readonly Resource[]
  readonly link: Omit<Linked, 'objectId'>
  readonly isOne?: true
}

const member: Expansion = {
  needs: access.readMemberships,
  resources: [groupResource, directoryRoleResource],
  link: {property: 'members', backwards: true},
}
const links = (
  property: Linked['property'],
  resources: readonly Resource[],
  needs: Access = access.readMemberships,
) => ({
  needs,
  resources,
  link: {property},
})

const expansions: Readonly<Record<string, Readonly<Record<string, Expansion>>>> = {
  User: {
    directReports: {needs: access.readUsers, resources: [userResource], link: {property: 'manager', backwards: true}},
    manager: {...links('manager', [userResource], access.readUsers), isOne: true},
    memberOf: member,
  },
  Group: {
    memberOf: {...member, resources: [groupResource]},
    members: links('members', [userResource, groupResource, deviceResource, servicePrincipalResource]),
    owners: links('owners', [userResource, servicePrincipalResource]),
  },
  Application: {owners: links('owners', [userResource, servicePrincipalResource], access.readApplications)},
  ServicePrincipal: {
    ownedObjects: {
      ...links('owners', [applicationResource], access.readApplications),
      link: {property: 'owners', backwards: true},
    },
    owners: links('owners', [userResource, servicePrincipalResource], access.readApplications),
  },
}

// Graph gives no more, and no link to the rest.
const mostExpanded = 20

/** The names after $expand, each of which the kind of objects has. */
export function readExpand({url}: TenantCall, resource: Resource): readonly string[] {
  const text = url.searchParams.get('$expand')
  if (text === null) return []
  const names = text.split(',').map((name) => name.trim())
  const known = expansions[resource.type] ?? {}
  const unknown = names.find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw noSuchProperty(unknown, resource)
  return [...new Set(names)]
}

/** What is expanded of each object, by name; an object that is not there is left out. */
export async function expand(
  db: Queries,
  call: TenantCall,
  {resource, objects}: {readonly resource: Resource; readonly objects: readonly Pick<StoredObject, 'id'>[]},
): Promise<readonly object[]> {
  const names = readExpand(call, resource)
  const wanted = names.flatMap((name) =>
    Object.entries(expansions[resource.type] ?? {}).filter(([own]) => own === name),
  )
  for (const [, {needs}] of wanted) await requireAccess(db, call, needs)
  const expanded: object[] = []
  for (const {id} of objects) {
    const own: Record<string, unknown> = {}
    for (const [name, expansion] of wanted) Object.assign(own, await expandOne(db, call, {id, name, expansion}))
    expanded.push(own)
  }
  return expanded
}

interface Wanted {
  readonly id: string
  readonly name: string
  readonly expansion: Expansion
}

async function expandOne(db: Queries, {tenant}: TenantCall, {id, name, expansion}: Wanted): Promise<object> {
  const {resources, link, isOne} = expansion
  const linked = {...link, objectId: id}
  const sets = resources.map((resource) => ({resource, tenantId: tenant.id, linked}))
  const page = {size: mostExpanded, order: {by: 'createdDateTime', descending: false}}
  const places = await listPlaces(db, sets, page)
  const found = await findPlaced(db, places, {resources, tenantId: tenant.id, select: undefined})
  if (!isOne) return {[name]: found}
  return found[0] === undefined ? {} : {[name]: found[0]}
}
