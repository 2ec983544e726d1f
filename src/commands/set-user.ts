import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {toUserChange, userArg, userIdentity, userPropertyFlags} from '../cli/flags/user.ts'
import {userView} from '../cli/views/user-view.ts'
import {findUserProblems} from '../lib/administration/find-user-problems.ts'
import {planUserChange} from '../lib/administration/plan-user.ts'
import {userResource} from '../lib/administration/user-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {User} from '../lib/model/user.ts'

export default class SetUser extends ChangeCommand<User> {
  static override topic = 'User'
  static override summary = 'Change properties of a user; an empty text clears one.'
  static override aliases = ['set-msoluser']
  static override examples = [
    "<%= config.bin %> <%= command.id %> ada@contoso.com --department Research --title 'Analyst'",
    '<%= config.bin %> <%= command.id %> ada@contoso.com --block-credential true --what-if',
  ]
  static override args = {user: userArg}
  static override flags = {...userIdentity, ...userPropertyFlags}
  protected override readonly view = userView

  override async prepare(given: CommandParameters<typeof SetUser>): Promise<Change<User>> {
    const wanted = toUserChange(given)
    if (Object.keys(wanted).length === 0)
      throw new FedctlError('Usage', 'set-user has nothing to set.', {
        hints: ['Give a property, as in --department Sales.'],
      })
    const graph = await this.context.graph()
    const user = await graph.users.get(given.user)
    return {
      plan: await this.plan(user.userPrincipalName, planUserChange(user, wanted), {
        findings:
          wanted.immutableId === undefined
            ? []
            : await findUserProblems(graph, {...user, immutableId: wanted.immutableId}, user),
      }),
      resources: {user: userResource(graph, {objectId: user.objectId})},
    }
  }
}
