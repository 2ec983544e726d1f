import {FedctlError} from '../errors/fedctl-error.ts'
import type {Transport} from '../http/transport.ts'
import type {HttpRequest} from '../model/http-message.ts'
import type {NewTenant, Tenant} from '../model/tenant.ts'

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

type Json = Readonly<Record<string, unknown>>

/** Opens the client; `baseUrl` is scheme and host. */
export function openDirectoryClient(transport: Transport, baseUrl: string): DirectoryClient {
  const send = async (method: HttpRequest['method'], path: string, body?: object): Promise<Json> => {
    const headers = {accept: 'application/json', ...(body === undefined ? {} : {'content-type': 'application/json'})}
    const request = {
      method,
      url: `${baseUrl}/fedctl/v1${path}`,
      headers,
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    }
    const {status, body: answer} = await transport(request)
    const json = answer === '' ? {} : (JSON.parse(answer) as Json)
    if (status < 200 || status > 299) throw failure(status, json)
    return json
  }
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

function failure(status: number, json: Json): FedctlError {
  const {message} = (json['error'] ?? {}) as {message?: string}
  const code =
    status === 404 ? 'NotFound' : status === 409 ? 'AlreadyExists' : status < 429 ? 'Refused' : 'ServiceFailure'
  return new FedctlError(code, message ?? `The directory answered ${status}.`)
}

const toTenant = (json: Json): Tenant => ({
  tenantId: String(json['id']),
  displayName: String(json['displayName']),
  initialDomain: String(json['initialDomain']),
  domainVerification: json['domainVerification'] === 'none' ? 'none' : 'dns',
  createdDateTime: String(json['createdDateTime']),
})
