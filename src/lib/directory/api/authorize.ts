import {type Access, harmlessRoles, rolesOverAdministrators} from '../rules/access.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {globalAdministrator} from '../rules/role-templates.ts'
import type {Store} from '../store/open-store.ts'
import {listRolesOf} from '../store/roles.ts'
import type {Queries} from '../store/schema.ts'
import {findTenant, type Tenant} from '../store/tenants.ts'
import type {Call, TenantCall} from './call.ts'
import type {OwnerPrincipal, Principal} from './principal.ts'
import type {Throttle} from './throttle.ts'

/** Tickets of the owner of the store; they live as long as the process. */
export interface Tickets {
  issue(principal: Omit<OwnerPrincipal, 'kind'>): string
  find(ticket: string): OwnerPrincipal | undefined
}

/** Reads access tokens: whom one speaks for, or undefined when it is not to be believed (any more). */
export type ReadAccessToken = (call: Call, token: string) => Promise<Principal | undefined>

/** What a bearer is looked up in. */
export interface Gate {
  readonly tickets: Tickets
  readonly readAccessToken: ReadAccessToken
  /** Absent: nobody can ask for too much. */
  readonly throttle?: Throttle
}

/** Makes the place where tickets are kept: in memory only. */
export function openTickets(randomBytes: (size: number) => Uint8Array): Tickets {
  const issued = new Map<string, OwnerPrincipal>()
  return {
    issue(principal) {
      const ticket = Buffer.from(randomBytes(32)).toString('base64url')
      issued.set(ticket, {...principal, kind: 'owner'})
      return ticket
    },
    find: (ticket) => issued.get(ticket),
  }
}

/** Lets a request about the tenants of the store in: only its owner's. */
export async function authorizeOwner(call: Call, gate: Gate): Promise<Call> {
  const caller = await requireCaller(call, gate)
  if (caller.kind !== 'owner' || caller.tenantId !== undefined) throw denied()
  return call
}

/** Lets a request of a tenant in, when its caller has what the route needs; the one place that decides it. */
export async function authorize(call: Call, needs: Access, gate: Gate): Promise<TenantCall> {
  const caller = await requireCaller(call, gate)
  if (caller.tenantId === undefined) throw denied()
  const tenant = await requireTenant(call, caller.tenantId)
  if (!(await isAllowed(call.services.store.read, caller, needs))) throw denied()
  return {...call, tenant, caller}
}

/** Refuses a request that was let in but needs more than its route says, for what it was found to be about. */
export async function requireAccess(db: Queries, call: TenantCall, needs: Access): Promise<void> {
  if (!(await isPermitted(db, call, needs))) throw denied()
}

/** Whether the caller of a request that was let in may do something more. */
export const isPermitted = (db: Queries, {caller}: TenantCall, needs: Access): Promise<boolean> =>
  isAllowed((work) => work(db), caller, needs)

/** Whom a request speaks for. Throws GraphFailure 401 when that is nobody. */
export async function requireCaller(call: Call, {tickets, readAccessToken}: Gate): Promise<Principal> {
  if (call.sender !== undefined) return call.sender
  const bearer = readBearer(call.request.headers['authorization'])
  const caller = tickets.find(bearer) ?? (await readAccessToken(call, bearer))
  if (caller === undefined) throw unauthenticated('Access token validation failure. Invalid token.')
  return caller
}

async function isAllowed(read: Store['read'], caller: Principal, {permissions, roles}: Access): Promise<boolean> {
  if (caller.kind === 'owner') return true
  // The right to do whatever the user may do.
  const given = caller.kind === 'user' && caller.permissions.includes('Directory.AccessAsUser.All')
  if (!given && !permissions.some((name) => caller.permissions.includes(name))) return false
  return caller.kind === 'application' || roles === 'anyone' || read((db) => holdsRole(db, caller.accountId, roles))
}

async function holdsRole(db: Queries, holderId: string, roles: readonly string[]): Promise<boolean> {
  const held = await listRolesOf(db, holderId)
  return held.some(({roleTemplateId: id}) => id === globalAdministrator || roles.includes(id))
}

/**
 * Refuses to change what an administrator signs in with, or whether one can: whoever may would be that administrator. Only who may do
 * it to everybody is let in, of applications as well.
 */
export async function guardAdministrator(db: Queries, {caller}: TenantCall, userId: string): Promise<void> {
  if (caller.kind === 'owner') return
  const held = await listRolesOf(db, userId)
  if (held.every(({roleTemplateId}) => harmlessRoles.includes(roleTemplateId))) return
  const callerId = caller.kind === 'user' ? caller.accountId : caller.servicePrincipalId
  if (!(await holdsRole(db, callerId, rolesOverAdministrators))) throw denied()
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
/** The refusal of who may not do it. */
export const denied = (): GraphFailure =>
  new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
