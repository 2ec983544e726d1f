import {access} from '../rules/access.ts'
import {badRequest, invalidValue, taken, takenMeanwhile} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import {checkGroup, type GroupState, isUnified, toSecurityIdentifier} from '../rules/group-rules.ts'
import {listTakenAddresses} from '../store/addresses.ts'
import {listDomains} from '../store/domains.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {requireAccess} from './authorize.ts'
import type {TenantCall} from './call.ts'
import {addReferences, groupLinks} from './group-links.ts'
import type {ObjectKind, ObjectStates} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'

const mostReferences = {kind: 'texts', most: 20, notNull: true} as const

/** Groups: security groups and Microsoft 365 groups. */
export const groups: ObjectKind = {
  resource: groupResource,
  read: access.readGroups,
  write: access.writeGroups,
  required: ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'],
  noun: 'group',
  category: 'GroupManagement',
  auditType: 'Group',
  links: ['members', 'owners'],
  others: {'owners@odata.bind': mostReferences, 'members@odata.bind': mostReferences},
  complete: completeGroup,
  async follow(db, call, {before, after, others}) {
    const {'owners@odata.bind': owners, 'members@odata.bind': members} = others
    if (before !== undefined && owners !== undefined)
      throw badRequest('Owners are added to a group one by one, at owners/$ref.')
    await addReferences(db, call, {object: after, owners, members, isNew: before === undefined})
    return undefined
  },
  guard: guardRoles,
  async beforeRestoration(db, _call, group) {
    const {id, tenantId} = group
    const proxyAddresses = readList(String(group['proxyAddresses']))
    if ((await listTakenAddresses(db, {tenantId, id, proxyAddresses})).length > 0)
      throw takenMeanwhile(String(group['displayName']), 'proxyAddresses')
  },
}

/** /groups, and who belongs to them. */
export const groupRoutes = [...objectRoutes(groups), ...groupLinks(groups, guardRoles)]

/** Refuses who may change groups but not those by which one gets roles. */
async function guardRoles(db: Queries, call: TenantCall, group: StoredObject): Promise<void> {
  if (group['isAssignableToRole']) await requireAccess(db, call, access.writeRoles)
}

async function completeGroup(db: Queries, call: TenantCall, {before, after}: ObjectStates): Promise<StoredObject> {
  checkGroup(before && toState(before), toState(after))
  await guardRoles(db, call, after)
  if (before !== undefined) return withAddresses(db, after, before)
  const {id, createdDateTime} = after
  const usual = after['isAssignableToRole'] ? 'Private' : 'Public'
  const visibility = after['visibility'] ?? (isUnified(toState(after)) ? usual : null)
  const own = {renewedDateTime: createdDateTime, securityIdentifier: toSecurityIdentifier(id), visibility}
  return withAddresses(db, {...after, ...own})
}

/** A Microsoft 365 group has a mail address in the default domain, as its nickname says; one that it had stays as a second one. */
async function withAddresses(db: Queries, group: StoredObject, before?: StoredObject): Promise<StoredObject> {
  const nickname = String(group['mailNickname'])
  if (!isUnified(toState(group)) || nickname === before?.['mailNickname']) return group
  const domain = (await listDomains(db, group.tenantId)).find(({isDefault}) => isDefault)?.name ?? ''
  const mail = `${nickname}@${domain}`
  const {tenantId, id} = group
  if ((await listTakenAddresses(db, {tenantId, id, proxyAddresses: [`smtp:${mail}`]})).length > 0)
    throw taken('mailNickname')
  const others = readList(String(group['proxyAddresses']))
    .map((address) => address.replace(/^SMTP:/, 'smtp:'))
    .filter((address) => address.toLowerCase() !== `smtp:${mail.toLowerCase()}`)
  if (mail.length > 256) throw invalidValue('mailNickname', 'Group', 'the mail address is longer than 256 characters')
  return {...group, mail, proxyAddresses: JSON.stringify([`SMTP:${mail}`, ...others])}
}

const toState = (group: StoredObject): GroupState => ({
  groupTypes: readList(String(group['groupTypes'])),
  mailEnabled: Boolean(group['mailEnabled']),
  securityEnabled: Boolean(group['securityEnabled']),
  isAssignableToRole: Boolean(group['isAssignableToRole']),
  visibility: textOf(group['visibility']),
  membershipRule: textOf(group['membershipRule']),
  membershipRuleProcessingState: textOf(group['membershipRuleProcessingState']),
})

const textOf = (value: unknown): string | null => (value == null ? null : String(value))
