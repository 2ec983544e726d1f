import {type Call, parameter} from '../api/call.ts'
import {findVerifiedDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {findTenant, type Tenant} from '../store/tenants.ts'
import {OAuthFailure} from './oauth-failure.ts'

/** The names that stand for the tenant of whoever signs in. */
const anyTenant = ['common', 'organizations']

/**
 * The tenant that the path of a login endpoint names, by its id or any name it has proved; undefined for `common` and `organizations`,
 * where the user decides. Throws OAuthFailure.
 */
export async function findLoginTenant(call: Call): Promise<Tenant | undefined> {
  const name = parameter(call, 'tenant').toLowerCase()
  if (anyTenant.includes(name)) return undefined
  const tenant = await call.services.store.read((db) => findTenantByName(db, name))
  if (tenant === undefined)
    throw new OAuthFailure(
      'invalid_request',
      90002,
      `Tenant '${name.slice(0, 128)}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    )
  return tenant
}

async function findTenantByName(db: Queries, name: string): Promise<Tenant | undefined> {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(name)) return findTenant(db, name)
  const domain = await findVerifiedDomain(db, name)
  return domain && findTenant(db, domain.tenantId)
}
