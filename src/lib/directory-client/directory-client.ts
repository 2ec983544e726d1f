import type {Transport} from '../http/transport.ts'
import type {NewTenant, Tenant} from '../model/tenant.ts'
import {type Json, openDirectoryApi} from './directory-api.ts'

/** What our own directory offers beyond Graph: tenants. */
export interface DirectoryClient {
  createTenant(wanted: WantedTenant): Promise<NewTenant>
  listTenants(): Promise<readonly Tenant[]>
  removeTenant(tenantId: string): Promise<void>
}

/** A tenant to be made. */
export interface WantedTenant {
  readonly displayName: string
  readonly initialDomain: string
  readonly domainVerification: 'dns' | 'none'
}

/** Opens the client; `baseUrl` is scheme and host. */
export function openDirectoryClient(transport: Transport, baseUrl: string): DirectoryClient {
  const send = openDirectoryApi(transport, baseUrl)
  return {
    async createTenant(wanted) {
      const json = await send('POST', '/tenants', wanted)
      const {id, userPrincipalName, password} = (json['administrator'] ?? {}) as Record<string, unknown>
      return {
        ...toTenant(json),
        administratorId: String(id),
        administrator: String(userPrincipalName),
        administratorPassword: String(password),
      }
    },
    listTenants: async () => ((await send('GET', '/tenants'))['value'] as readonly Json[]).map(toTenant),
    removeTenant: async (tenantId) => void (await send('DELETE', `/tenants/${encodeURIComponent(tenantId)}`)),
  }
}

const toTenant = (json: Json): Tenant => ({
  tenantId: String(json['id']),
  displayName: String(json['displayName']),
  initialDomain: String(json['initialDomain']),
  domainVerification: json['domainVerification'] === 'none' ? 'none' : 'dns',
  createdDateTime: String(json['createdDateTime']),
})
