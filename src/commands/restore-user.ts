import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {userArg, userIdentity} from '../cli/flags/user.ts'
import {userView} from '../cli/views/user-view.ts'
import {planUserMove, userPlaceResource} from '../lib/administration/deleted-user-resource.ts'
import {findDeletedUser} from '../lib/administration/find-deleted-user.ts'
import type {User} from '../lib/model/user.ts'

export default class RestoreUser extends ChangeCommand<User> {
  static override topic = 'User'
  static override summary = 'Restore a user that was removed less than 30 days ago.'
  static override aliases = ['restore-msoluser']
  static override examples = ['<%= config.bin %> <%= command.id %> gone@contoso.com']
  static override args = {user: userArg}
  static override flags = {...userIdentity}
  protected override readonly view = userView

  override async prepare({user: identity}: CommandParameters<typeof RestoreUser>): Promise<Change<User>> {
    const graph = await this.context.graph()
    const user = await findDeletedUser(graph, identity)
    return {
      plan: await this.plan(user.userPrincipalName, [planUserMove(user, 'deleted', 'present')]),
      resources: {'user place': userPlaceResource(graph, user.objectId)},
      async *result() {
        yield graph.users.get(user.objectId)
      },
    }
  }
}
