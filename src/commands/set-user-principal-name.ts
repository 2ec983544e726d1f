import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {givenOrMadeUp, passwordFlags} from '../cli/flags/password.ts'
import {userArg, userIdentity} from '../cli/flags/user.ts'
import {userPrincipalName} from '../cli/flags/value.ts'
import {type GeneratedPassword, generatedPasswordView} from '../cli/views/generated-password-view.ts'
import {findUserProblems} from '../lib/administration/find-user-problems.ts'
import {planUserChange} from '../lib/administration/plan-user.ts'
import {userResource} from '../lib/administration/user-resource.ts'
import {upnSuffix} from '../lib/model/user-principal-name.ts'

export default class SetUserPrincipalName extends ChangeCommand<GeneratedPassword> {
  static override topic = 'User'
  static override summary = 'Rename a user, also between managed and federated domains.'
  static override aliases = ['set-msoluserprincipalname']
  static override examples = [
    '<%= config.bin %> <%= command.id %> ada@contoso.com --new-user-principal-name ada.lovelace@contoso.com',
  ]
  static override args = {user: userArg}
  static override flags = {
    ...userIdentity,
    ...passwordFlags,
    'new-user-principal-name': userPrincipalName({summary: 'The new name.', required: true}),
    'immutable-id': Flags.string({summary: 'Needed when the new name is in a federated domain and the user has none.'}),
  }
  protected override readonly view = generatedPasswordView

  override async prepare(given: CommandParameters<typeof SetUserPrincipalName>): Promise<Change<GeneratedPassword>> {
    const {newUserPrincipalName: name, immutableId} = given
    const graph = await this.context.graph()
    const user = await graph.users.get(given.user)
    const from = await graph.domains.get(upnSuffix(user.userPrincipalName))
    const to = await graph.domains.get(upnSuffix(name))
    const needsPassword = from.authentication === 'Federated' && to.authentication === 'Managed'
    const {password, isMadeUp} = givenOrMadeUp(given.passwordFile, this.context.randomBytes)
    const steps = planUserChange(
      user,
      {userPrincipalName: name, ...(immutableId === undefined ? {} : {immutableId})},
      'rename the user',
    )
    return {
      plan: await this.plan(user.userPrincipalName, steps, {
        findings: await findUserProblems(graph, {userPrincipalName: name, immutableId}, user),
      }),
      resources: {
        user: userResource(graph, {
          objectId: user.objectId,
          password: needsPassword ? {password, forceChange: true} : undefined,
        }),
      },
      async *result() {
        if (needsPassword && isMadeUp) yield {userPrincipalName: name, password}
      },
    }
  }
}
