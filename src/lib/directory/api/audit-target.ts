import type {Resource} from '../rules/resource.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {AuditTarget} from './audit.ts'

/** An object of any kind as the audit log names one. */
export function auditTarget({type}: Resource, {id, displayName, userPrincipalName}: StoredObject): AuditTarget {
  const name = typeof userPrincipalName === 'string' ? {userPrincipalName} : {}
  return {type: auditTypes[type] ?? 'Directory', id, displayName: String(displayName), ...name}
}

const auditTypes: Readonly<Record<string, AuditTarget['type']>> = {
  User: 'User',
  Group: 'Group',
  Device: 'Device',
  Application: 'Application',
  ServicePrincipal: 'ServicePrincipal',
  DirectoryRole: 'Role',
}
