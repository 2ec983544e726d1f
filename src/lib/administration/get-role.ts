import {FedctlError} from '../errors/fedctl-error.ts'
import type {RolesClient} from '../graph/roles.ts'
import type {Role} from '../model/role.ts'

// MSOnline's name, which administrators still type.
const former = new Map([['company administrator', 'Global Administrator']])

/** The role of a name (any case, MSOnline's too), object id or template id; throws NotFound. */
export async function getRole(roles: RolesClient, identity: string): Promise<Role> {
  const role = await roles.find(former.get(identity.toLowerCase()) ?? identity)
  if (role !== undefined) return role
  throw new FedctlError('NotFound', `There is no role "${identity}".`, {hints: ['fedctl get-role shows all.']})
}
