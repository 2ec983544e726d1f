import {upnKey, upnSuffix} from '../../model/user-principal-name.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {listReferences} from '../store/domain-references.ts'
import {listDomains} from '../store/domains.ts'
import {readList} from '../store/read-list.ts'
import type {Queries} from '../store/schema.ts'
import {changeUser, findUser, type StoredUser} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import type {TenantCall} from './call.ts'
import {refuseLastAdministrator} from './last-administrator.ts'

/** As the service: of more the domain must be freed by hand. */
const mostObjects = 1000

interface Move {
  readonly domain: string
  /** Whether those who are renamed are blocked as well. */
  readonly disables: boolean
}

/** Renames everybody who uses a domain to the initial domain of the tenant. */
export async function moveToInitialDomain(db: Queries, call: TenantCall, {domain, disables}: Move): Promise<void> {
  const {tenant} = call
  const references = await listReferences(db, tenant.id, domain)
  if (references.length > mostObjects)
    throw badRequest(
      `The domain '${domain}' is in use by ${references.length} objects: at most ${mostObjects} are renamed.`,
    )
  const initial = (await listDomains(db, tenant.id)).find(({isInitial}) => isInitial)?.name ?? ''
  for (const {id} of references) {
    const user = await findUser(db, tenant.id, id)
    if (user !== undefined) await moveUser(db, call, {user, domain, initial, disables})
  }
}

async function moveUser(
  db: Queries,
  call: TenantCall,
  {user, domain, initial, disables}: Move & {readonly user: StoredUser; readonly initial: string},
): Promise<void> {
  const moved = (address: string): string =>
    upnSuffix(address) === domain ? address.replace(/@[^@]*$/, `@${initial}`) : address
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

/** The name itself or, when somebody has it, the same with the beginning of the user's id. */
async function freeName(db: Queries, {tenantId, id, userPrincipalName}: StoredUser, wanted: string): Promise<string> {
  const holder = await findUser(db, tenantId, wanted)
  if (holder === undefined || upnKey(wanted) === upnKey(userPrincipalName)) return wanted
  return wanted.replace('@', `.${id.slice(0, 8)}@`)
}
