import {badRequest, notFound} from '../rules/graph-failure.ts'
import type {StoredDomain} from '../store/domains.ts'
import {findFederation, type StoredFederation} from '../store/federations.ts'
import type {Queries} from '../store/schema.ts'
import type {TenantCall} from './call.ts'
import {requireDomain} from './domains.ts'

/** The federation of a domain; of a subdomain that of its root. Refuses a managed one. */
export async function requireFederation(db: Queries, {tenantId, name, root}: StoredDomain): Promise<StoredFederation> {
  const federation = await findFederation(db, tenantId, root ?? name)
  if (federation === undefined) throw notFound('federationConfiguration')
  return federation
}

/** The federation of the domain that the path names. */
export const readFederation = (call: TenantCall): Promise<StoredFederation> =>
  call.services.store.read(async (db) => requireFederation(db, await requireDomain(db, call)()))

/** The federation of the domain that the path names, where it may be changed: at the root. */
export async function requireOwnFederation(db: Queries, call: TenantCall): Promise<StoredFederation> {
  const domain = await requireDomain(db, call)()
  const federation = await requireFederation(db, domain)
  const {name, root} = domain
  if (root !== null)
    throw badRequest(`The domain '${name}' follows '${root}': change the federation of '${root}' instead.`)
  return federation
}
