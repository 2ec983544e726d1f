import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {userArg, userIdentity} from '../cli/flags/user.ts'
import {userView} from '../cli/views/user-view.ts'
import {planUserMove, userPlaceResource} from '../lib/administration/deleted-user-resource.ts'
import {findDeletedUser} from '../lib/administration/find-deleted-user.ts'
import type {User} from '../lib/model/user.ts'

export default class RemoveUser extends ChangeCommand<User> {
  static override topic = 'User'
  static override summary = 'Remove a user; it can be restored for 30 days.'
  static override aliases = ['remove-msoluser']
  static override examples = [
    '<%= config.bin %> <%= command.id %> ada@contoso.com --force',
    '<%= config.bin %> <%= command.id %> gone@contoso.com --remove-from-recycle-bin --force',
  ]
  static override args = {user: userArg}
  static override flags = {
    ...userIdentity,
    'remove-from-recycle-bin': Flags.boolean({summary: 'Remove a deleted user for good.'}),
  }
  protected override readonly view = userView

  override async prepare({
    user: identity,
    removeFromRecycleBin,
  }: CommandParameters<typeof RemoveUser>): Promise<Change<User>> {
    const graph = await this.context.graph()
    const user = removeFromRecycleBin ? await findDeletedUser(graph, identity) : await graph.users.get(identity)
    const step = removeFromRecycleBin ? planUserMove(user, 'deleted', 'gone') : planUserMove(user, 'present', 'deleted')
    return {
      plan: await this.plan(user.userPrincipalName, [step]),
      resources: {'user place': userPlaceResource(graph, user.objectId)},
      isDestructive: true,
    }
  }
}
