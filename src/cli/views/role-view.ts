import type {Role, RoleMember} from '../../lib/model/role.ts'
import {viewOf} from './view.ts'

export const roleView = viewOf<Role>(['description', 'isEnabled', 'isSystem', 'name', 'objectId', 'roleTemplateId'], {
  table: ['objectId', 'name', 'description'],
})

export const roleMemberView = viewOf<RoleMember>(
  ['displayName', 'emailAddress', 'isLicensed', 'objectId', 'roleMemberType'],
  {
    table: ['roleMemberType', 'emailAddress', 'displayName', 'isLicensed'],
  },
)
