import {upnKey, upnSuffix} from '../../model/user-principal-name.ts'
import {applicationResource} from '../rules/application-properties.ts'
import {usesDomain} from '../rules/application-rules.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {groupResource} from '../rules/group-properties.ts'
import {userResource} from '../rules/user-properties.ts'
import {listTakenAddresses} from '../store/addresses.ts'
import {listReferences} from '../store/domain-references.ts'
import {listDomains} from '../store/domains.ts'
import {findObject} from '../store/objects.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {changeUser, findUser, type StoredUser} from '../store/users.ts'
import {applications} from './applications.ts'
import {auditUser} from './audit-users.ts'
import type {TenantCall} from './call.ts'
import {groups} from './groups.ts'
import {refuseLastAdministrator} from './last-administrator.ts'
import {updateObject} from './object-routes.ts'

/** As the service: of more the domain must be freed by hand. */
const mostObjects = 1000

interface Move {
  readonly domain: string
  /** Whether those who are renamed are blocked as well. */
  readonly disables: boolean
}

/** Renames whatever uses a domain to the initial domain of the tenant: users, groups, and the URIs of applications. */
export async function moveToInitialDomain(db: Queries, call: TenantCall, {domain, disables}: Move): Promise<void> {
  const {tenant} = call
  const references = await listReferences(db, tenant.id, domain)
  if (references.length > mostObjects)
    throw badRequest(
      `The domain '${domain}' is in use by ${references.length} objects: at most ${mostObjects} are renamed.`,
    )
  const initial = (await listDomains(db, tenant.id)).find(({isInitial}) => isInitial)?.name ?? ''
  const moved = (address: string): string =>
    upnSuffix(address) === domain ? address.replace(/@[^@]*$/, `@${initial}`) : address
  for (const {id, resource} of references) {
    if (resource === userResource) await moveUser(db, call, {id, domain, moved, disables})
    if (resource === groupResource) await moveGroup(db, call, {id, moved})
    if (resource === applicationResource) await moveApplication(db, call, {id, domain, initial})
  }
}

type Moved = (address: string) => string

async function moveUser(
  db: Queries,
  call: TenantCall,
  {id, domain, moved, disables}: Move & {readonly id: string; readonly moved: Moved},
): Promise<void> {
  const user = await findUser(db, call.tenant.id, id)
  if (user === undefined) return
  const isNamed = upnSuffix(user.userPrincipalName) === domain
  if (isNamed && disables) await refuseLastAdministrator(db, user)
  const change = {
    ...(isNamed && {userPrincipalName: await freeName(db, user, moved(user.userPrincipalName))}),
    ...(user.mail !== null && {mail: moved(user.mail)}),
    proxyAddresses: JSON.stringify([...new Set(readList(user.proxyAddresses).map(moved))]),
    ...(isNamed && disables && {accountEnabled: false}),
  }
  await changeUser(db, user, change)
  const after = await findUser(db, user.tenantId, user.id)
  if (after !== undefined) await auditUser(db, call, {activity: 'Update user', before: user, after})
}

async function moveGroup(
  db: Queries,
  call: TenantCall,
  {id, moved}: {readonly id: string; readonly moved: Moved},
): Promise<void> {
  const before = await findObject(db, groupResource, {tenantId: call.tenant.id, value: id})
  if (before === undefined) return
  const {tenantId} = before
  const addresses = [...new Set(readList(String(before['proxyAddresses'])).map(moved))]
  const taken = await listTakenAddresses(db, {tenantId, id, proxyAddresses: addresses})
  const free = (address: string): string =>
    taken.includes(address.toLowerCase()) ? address.replace('@', `.${id.slice(0, 8)}@`) : address
  const proxyAddresses = addresses.map(free)
  const mail = proxyAddresses.find((address) => address.startsWith('SMTP:'))?.slice('SMTP:'.length) ?? null
  const after = {...before, mail, proxyAddresses: JSON.stringify(proxyAddresses)}
  await updateObject(db, call, {kind: groups, before, after, others: {}})
}

async function moveApplication(
  db: Queries,
  call: TenantCall,
  {id, domain, initial}: {readonly id: string; readonly domain: string; readonly initial: string},
): Promise<void> {
  const before = await findObject(db, applicationResource, {tenantId: call.tenant.id, value: id})
  if (before === undefined) return
  if (severalTenants.has(String(before['signInAudience'])))
    throw badRequest(
      `The domain '${domain}' is used by the application '${String(before['displayName'])}', which is for several tenants.`,
    )
  const inInitial = (_: string, scheme: string, host: string): string =>
    `${scheme}${host.slice(0, host.length - domain.length)}${initial}`
  const uris = readList(String(before['identifierUris'])).map((uri) =>
    usesDomain(uri, domain) ? uri.replace(/^([^/]+:\/\/)([^/:?#]+)/, inInitial) : uri,
  )
  const identifierUris = JSON.stringify([...new Set(uris)])
  const after = await applications.complete(db, call, {before, after: {...before, identifierUris}})
  await updateObject(db, call, {kind: applications, before, after, others: {}})
}

const severalTenants = new Set(['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount'])

/** The name itself or, when somebody has it, the same with the beginning of the user's id. */
async function freeName(db: Queries, {tenantId, id, userPrincipalName}: StoredUser, wanted: string): Promise<string> {
  const holder = await findUser(db, tenantId, wanted)
  if (holder === undefined || upnKey(wanted) === upnKey(userPrincipalName)) return wanted
  return wanted.replace('@', `.${id.slice(0, 8)}@`)
}
