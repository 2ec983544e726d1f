import {GraphFailure} from '../rules/graph-failure.ts'
import {findTenant, type Tenant} from '../store/tenants.ts'
import type {Call, TenantCall} from './call.ts'

/** Whom a ticket speaks for. Every one of today is the owner of the store: for one tenant, or without a tenant for the tenants as a whole. */
export interface Principal {
  readonly tenantId?: string
  readonly accountId?: string
}

/** What the caller wants to work on: the tenants of the store, or one tenant. */
export type Scope = 'store' | 'tenant'

/** Tickets live as long as the process. */
export interface Tickets {
  issue(principal: Principal): string
  find(ticket: string): Principal | undefined
}

/** Makes the place where tickets are kept: in memory only. */
export function openTickets(randomBytes: (size: number) => Uint8Array): Tickets {
  const issued = new Map<string, Principal>()
  return {
    issue(principal) {
      const ticket = Buffer.from(randomBytes(32)).toString('base64url')
      issued.set(ticket, principal)
      return ticket
    },
    find: (ticket) => issued.get(ticket),
  }
}

/**
 * The one place that decides who may do what. A ticket of the store's owner may do everything within its scope; tokens that carry
 * permissions are to be read here too, and must not write what synchronisation mirrors.
 */
export async function authorize(call: Call, scope: Scope, tickets: Tickets): Promise<Call | TenantCall> {
  const principal = tickets.find(readBearer(call.request.headers['authorization']))
  if (principal === undefined) throw unauthenticated('Access token validation failure. Invalid token.')
  const {tenantId, accountId} = principal
  if ((scope === 'tenant') !== (tenantId !== undefined))
    throw new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
  if (tenantId === undefined) return call
  const tenant = await requireTenant(call, tenantId)
  return {...call, tenant, ...(accountId === undefined ? {} : {accountId})}
}

async function requireTenant({services}: Call, tenantId: string): Promise<Tenant> {
  const tenant = await services.store.read((db) => findTenant(db, tenantId))
  if (tenant === undefined) throw unauthenticated(`The tenant '${tenantId}' of the access token does not exist.`)
  return tenant
}

function readBearer(header: string | undefined): string {
  if (header === undefined) throw unauthenticated('Access token is empty.')
  const match = /^Bearer +([\w~+/.-]+=*) *$/i.exec(header)
  if (match?.[1] === undefined) throw unauthenticated('Access token is malformed.')
  return match[1]
}

const unauthenticated = (message: string): GraphFailure => new GraphFailure(401, 'InvalidAuthenticationToken', message)
