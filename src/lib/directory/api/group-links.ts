import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import {deviceResource} from '../rules/device-properties.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import {isUnified} from '../rules/group-rules.ts'
import {userResource} from '../rules/user-properties.ts'
import {countObjects, type StoredObject} from '../store/list-objects.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import type {TenantCall, TenantRoute} from './call.ts'
import {addTarget, type Linking, type LinkKind, linkRoutes} from './link-routes.ts'
import {membershipRoutes} from './memberships.ts'
import type {ObjectKind} from './object-kind.ts'
import {requireObject} from './object-routes.ts'
import {accountOf} from './principal.ts'
import {relationRoutes} from './relation-routes.ts'

type Guard = (db: Queries, call: TenantCall, group: StoredObject) => Promise<void>

const own = {
  owner: groupResource,
  path: '/groups/:object',
  read: access.readMemberships,
  write: access.writeMemberships,
  category: 'GroupManagement',
} as const

const members = {
  ...own,
  property: 'members',
  targets: [userResource, groupResource, deviceResource, servicePrincipalResource],
  activities: {add: 'Add member to group', remove: 'Remove member from group'},
} as const

const owners = {
  ...own,
  property: 'owners',
  targets: [userResource, servicePrincipalResource],
  activities: {add: 'Add owner to group', remove: 'Remove owner from group'},
} as const

type Found = Pick<LinkKind, 'find'>

/** What belongs to groups: members and owners, also over several groups, and what groups belong to. `guard` refuses to touch some groups. */
export function groupLinks(kind: ObjectKind, guard: Guard): readonly TenantRoute[] {
  const find: Found['find'] = (db, call) => requireObject(db, call, kind)
  const checkAddition = async (db: Queries, call: TenantCall, link: Linking): Promise<void> => {
    await guard(db, call, link.object)
    checkMember(link)
  }
  const {path, read: needs} = own
  const link = {property: 'members', isTransitive: true} as const
  return [
    ...linkRoutes({...members, find, checkAddition, checkRemoval: guard}),
    ...linkRoutes({
      ...owners,
      find,
      checkAddition: (db, call, {object}) => guard(db, call, object),
      async checkRemoval(db, call, group) {
        await guard(db, call, group)
        await refuseLastOwner(db, group)
      },
    }),
    ...relationRoutes({path: `${path}/transitiveMembers`, needs, resources: members.targets, link, find}),
    ...membershipRoutes(path, find),
  ]
}

/** Refuses what cannot be a member: of a Microsoft 365 group all but users, of a group with roles another group. */
function checkMember({object: group, target: {resource}}: Linking): void {
  const types = readList(String(group['groupTypes']))
  if (isUnified({groupTypes: types}) && resource !== userResource)
    throw badRequest("An invalid operation was included in the following modified references: 'members'.")
  if (group['isAssignableToRole'] && resource === groupResource)
    throw badRequest('A group cannot be a member of a group that is assignable to a role (isAssignableToRole).')
}

async function refuseLastOwner(db: Queries, {id, tenantId, ...group}: StoredObject): Promise<void> {
  if (!isUnified({groupTypes: readList(String(group['groupTypes']))})) return
  const linked = {objectId: id, property: 'owners'} as const
  let count = 0
  for (const resource of owners.targets) count += await countObjects(db, {resource, tenantId, linked})
  if (count <= 1) throw badRequest('The group must have at least one owner, hence this owner cannot be removed.')
}

interface References {
  readonly object: StoredObject
  readonly owners: unknown
  readonly members: unknown
  readonly isNew: boolean
}

/** Links a new or changed group to what its body refers to (…@odata.bind). Who makes a group without owners owns it. */
export async function addReferences(db: Queries, call: TenantCall, {object, isNew, ...given}: References) {
  const account = call.caller.kind === 'user' ? accountOf(call.caller) : undefined
  const maker = isNew && account !== undefined ? [`/directoryObjects/${account}`] : []
  const find = async (): Promise<StoredObject> => object
  const checkAddition = async (_db: Queries, _call: TenantCall, link: Linking): Promise<void> => checkMember(link)
  for (const reference of toTexts(given.owners) ?? maker)
    await addTarget(db, call, {kind: {...owners, find}, object, reference})
  for (const reference of toTexts(given.members) ?? [])
    await addTarget(db, call, {kind: {...members, find, checkAddition}, object, reference})
}

const toTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.map(String) : undefined
