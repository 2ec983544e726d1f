import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {roleArg, roleIdentity} from '../cli/flags/role.ts'
import {memberArg, memberIdentity} from '../cli/flags/role-member.ts'
import {roleMemberView} from '../cli/views/role-view.ts'
import {getRole} from '../lib/administration/get-role.ts'
import {isRoleMember, planMembership, roleMemberResource} from '../lib/administration/role-member-resource.ts'
import type {RoleMember} from '../lib/model/role.ts'

export default class RemoveRoleMember extends ChangeCommand<RoleMember> {
  static override topic = 'Role'
  static override summary = 'Take a role from a user.'
  static override aliases = ['remove-msolrolemember']
  static override examples = ["<%= config.bin %> <%= command.id %> 'User Administrator' ada@contoso.com --force"]
  static override args = {role: roleArg, member: memberArg}
  static override flags = {...roleIdentity, ...memberIdentity}
  protected override readonly view = roleMemberView

  override async prepare({
    role: name,
    member,
  }: CommandParameters<typeof RemoveRoleMember>): Promise<Change<RoleMember>> {
    const graph = await this.context.graph()
    const [role, user] = await Promise.all([getRole(graph.roles, name), graph.users.get(member)])
    const isMember = await isRoleMember(graph, role, user.objectId)
    return {
      plan: await this.plan(user.userPrincipalName, planMembership(role, user, {isMember, shallBe: false})),
      resources: {'role member': roleMemberResource(graph, role, user.objectId)},
      isDestructive: true,
    }
  }
}
