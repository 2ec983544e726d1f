import {access} from '../rules/access.ts'
import {deviceResource} from '../rules/device-properties.ts'
import {badRequest, taken} from '../rules/graph-failure.ts'
import {userResource} from '../rules/user-properties.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {findObject} from '../store/objects.ts'
import type {Queries} from '../store/schema.ts'
import type {TenantCall, TenantRoute} from './call.ts'
import {linkRoutes} from './link-routes.ts'
import {membershipRoutes} from './memberships.ts'
import type {ObjectKind, ObjectStates} from './object-kind.ts'
import {objectRoutes, requireObject} from './object-routes.ts'

/** Devices. */
export const devices: ObjectKind = {
  resource: deviceResource,
  read: access.readDevices,
  write: access.writeDevices,
  required: [
    'accountEnabled',
    'alternativeSecurityIds',
    'deviceId',
    'displayName',
    'operatingSystem',
    'operatingSystemVersion',
  ],
  noun: 'device',
  category: 'Device',
  auditType: 'Device',
  key: 'deviceId',
  complete: completeDevice,
}

async function completeDevice(db: Queries, call: TenantCall, {before, after}: ObjectStates): Promise<StoredObject> {
  const deviceId = String(after['deviceId']).toLowerCase()
  if (before !== undefined && deviceId !== before['deviceId'])
    throw badRequest("Property 'deviceId' is read-only and cannot be set.")
  const holder = await findObject(db, deviceResource, {tenantId: call.tenant.id, by: 'deviceId', value: deviceId})
  if (holder !== undefined && holder.id !== after.id) throw taken('deviceId')
  return before === undefined ? {...after, deviceId, registrationDateTime: after.createdDateTime} : after
}

const path = '/devices/:object'
const find = (db: Queries, call: TenantCall): Promise<StoredObject> => requireObject(db, call, devices)
const registered = (property: 'registeredOwners' | 'registeredUsers', noun: string): readonly TenantRoute[] =>
  linkRoutes({
    owner: deviceResource,
    path,
    property,
    targets: [userResource],
    read: access.readDevices,
    write: access.writeDevices,
    category: 'Device',
    activities: {add: `Add ${noun} to device`, remove: `Remove ${noun} from device`},
    find,
  })

/** /devices, whose they are and what they belong to. */
export const deviceRoutes: readonly TenantRoute[] = [
  ...objectRoutes(devices),
  ...registered('registeredOwners', 'registered owner'),
  ...registered('registeredUsers', 'registered users'),
  ...membershipRoutes(path, find),
]
