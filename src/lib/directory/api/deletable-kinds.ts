import type {Access} from '../rules/access.ts'
import type {Resource} from '../rules/resource.ts'
import {applications} from './applications.ts'
import {type Deletable, toDeletable} from './deletable.ts'
import {deletableUsers} from './deleted-users.ts'
import {devices} from './devices.ts'
import {groups} from './groups.ts'
import {servicePrincipals} from './service-principals.ts'

/** Every kind of objects that can be deleted. */
export const deletableKinds: readonly Deletable[] = [
  deletableUsers,
  ...[groups, devices, applications, servicePrincipals].map(toDeletable),
]

const together = (of: 'read' | 'write'): Access => {
  const all: readonly Access[] = deletableKinds.map((kind) => kind[of])
  const roles = all.flatMap(({roles}) => (roles === 'anyone' ? [] : roles))
  return {
    permissions: [...new Set(all.flatMap(({permissions}) => permissions))],
    roles: of === 'read' ? 'anyone' : [...new Set(roles)],
  }
}

/** What a request needs that may be about any of them; what it needs for the one it is about is seen when that is found. */
export const accessToAny = {read: together('read'), write: together('write')}

/** The kind of an object that was found. */
export function deletableOf({table}: Resource): Deletable | undefined {
  return deletableKinds.find(({resource}) => resource.table === table)
}
