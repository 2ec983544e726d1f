import {FedctlCommand} from '../cli/fedctl-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {roleArg, roleIdentity} from '../cli/flags/role.ts'
import {roleMemberView} from '../cli/views/role-view.ts'
import {getRole} from '../lib/administration/get-role.ts'
import type {RoleMember} from '../lib/model/role.ts'

export default class GetRoleMember extends FedctlCommand<RoleMember> {
  static override topic = 'Role'
  static override summary = 'Get the members of a role.'
  static override aliases = ['get-msolrolemember']
  static override examples = ["<%= config.bin %> <%= command.id %> 'Global Administrator'"]
  static override args = {role: roleArg}
  static override flags = {...roleIdentity}
  protected override readonly view = roleMemberView
  protected override readonly usualOutput = 'table'

  override async *records({role}: CommandParameters<typeof GetRoleMember>): AsyncIterable<RoleMember> {
    const {roles} = await this.context.graph()
    const {objectId} = await getRole(roles, role)
    if (objectId !== undefined) yield* roles.members(objectId)
  }
}
