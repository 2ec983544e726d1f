import {existsSync} from 'node:fs'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Transport} from '../lib/http/transport.ts'
import type {StoreLocation} from '../lib/model/store-location.ts'
import type {Profile} from '../lib/profiles/profile.ts'

/** Refuses to go on without the store file: an empty one in its place would hide that it was moved. Throws TenantNotFound. */
export function requireStore(store: StoreLocation, profile?: Profile): void {
  if (typeof store !== 'string' || existsSync(store)) return
  const whose = profile === undefined ? '' : `, which has the tenant ${profile.tenant} of profile "${profile.name}",`
  throw new FedctlError('TenantNotFound', `The store ${store}${whose} does not exist.`, {
    hints: ['If it was moved, bring it back; a new one comes with a new tenant: fedctl new-tenant.'],
  })
}

/** Says which profile it is whose tenant the store does not know: our own tickets are refused for nothing else. */
export function requiringTenant(transport: Transport, store: string, {name, tenant}: Profile): Transport {
  return async (request) => {
    const response = await transport(request)
    if (response.status !== 401) return response
    throw new FedctlError('TenantNotFound', `The tenant ${tenant} of profile "${name}" is not in the store ${store}.`, {
      hints: ['Bring back the store that has it, or choose another profile with --profile.'],
    })
  }
}
