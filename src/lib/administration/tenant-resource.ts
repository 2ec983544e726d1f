import type {DirectoryClient, WantedTenant} from '../directory-client/directory-client.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {NewTenant, Tenant} from '../model/tenant.ts'
import type {Resource, Step} from '../plan/plan.ts'
import {namesIn, stateOf} from './state-of.ts'

const step = {side: 'directory', kind: 'tenant', manual: false} as const

/** Making a tenant with its first Global Administrator. */
export const planNewTenant = (wanted: WantedTenant): Step => ({
  ...step,
  target: wanted.initialDomain,
  action: 'make the tenant',
  before: null,
  after: {...wanted},
})

/** Removing a tenant with all that is in it. */
export const planTenantRemoval = ({initialDomain, displayName}: Tenant): Step => ({
  ...step,
  target: initialDomain,
  action: 'remove the tenant and everything in it',
  before: {displayName},
  after: null,
  irreversible: 'a tenant that was removed is gone',
})

/**
 * A tenant of the embedded directory as a thing that plans change. A tenant that was made is put into `made`: its password is known only
 * then. A step that makes a tenant throws AlreadyExists when somebody else made it, and undo removes only one that is in `made`.
 */
export function tenantResource(client: DirectoryClient, made: NewTenant[] = []): Resource {
  const find = async (initialDomain: string): Promise<Tenant | undefined> =>
    (await client.listTenants()).find((tenant) => tenant.initialDomain === initialDomain)
  return {
    async read({target, before, after}) {
      const tenant = await find(target)
      if (tenant === undefined) return null
      if (before === null && !made.some(({tenantId}) => tenantId === tenant.tenantId))
        throw new FedctlError('AlreadyExists', `There is a tenant ${target} already.`)
      return stateOf(tenant, namesIn(before, after))
    },
    async write({target, before}, to) {
      if (to !== null) return void made.push(await client.createTenant(to as unknown as WantedTenant))
      const tenant = before === null ? made[0] : await find(target)
      if (tenant !== undefined) await client.removeTenant(tenant.tenantId)
    },
  }
}
