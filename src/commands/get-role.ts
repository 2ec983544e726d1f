import {FedctlCommand} from '../cli/fedctl-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {optionalRoleArg, roleIdentity} from '../cli/flags/role.ts'
import {roleView} from '../cli/views/role-view.ts'
import {getRole} from '../lib/administration/get-role.ts'
import type {Role} from '../lib/model/role.ts'

export default class GetRole extends FedctlCommand<Role> {
  static override topic = 'Role'
  static override summary = 'Get the roles that can be given.'
  static override aliases = ['get-msolrole']
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> 'Global Administrator'",
  ]
  static override args = {role: optionalRoleArg}
  static override flags = {...roleIdentity}
  protected override readonly view = roleView

  override async *records({role}: CommandParameters<typeof GetRole>): AsyncIterable<Role> {
    const {roles} = await this.context.graph()
    if (role === undefined) yield* roles.list()
    else yield getRole(roles, role)
  }
}
