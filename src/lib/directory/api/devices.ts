import {access} from '../rules/access.ts'
import {deviceResource} from '../rules/device-properties.ts'
import type {ObjectKind} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'

const devices: ObjectKind = {
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
  complete: async (_db, _call, {after}) => after,
}

/** /devices. */
export const deviceRoutes = objectRoutes(devices)
