import {access} from '../rules/access.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {ObjectKind} from './object-kind.ts'
import {objectRoutes} from './object-routes.ts'

const groups: ObjectKind = {
  resource: groupResource,
  read: access.readGroups,
  write: access.writeGroups,
  required: ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'],
  noun: 'group',
  category: 'GroupManagement',
  auditType: 'Group',
  complete: async (_db, _call, {after}) => after,
}

/** /groups. */
export const groupRoutes = objectRoutes(groups)
