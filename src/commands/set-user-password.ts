import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {givenOrMadeUp, passwordFlags} from '../cli/flags/password.ts'
import {userArg, userIdentity} from '../cli/flags/user.ts'
import {yesNo} from '../cli/flags/value.ts'
import {type GeneratedPassword, generatedPasswordView} from '../cli/views/generated-password-view.ts'
import {passwordResource, planPassword} from '../lib/administration/password-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {upnSuffix} from '../lib/model/user-principal-name.ts'

export default class SetUserPassword extends ChangeCommand<GeneratedPassword> {
  static override topic = 'User'
  static override summary = 'Set the password of a user; one that is not given is made up and shown once.'
  static override aliases = ['set-msoluserpassword']
  static override examples = ['<%= config.bin %> <%= command.id %> ada@contoso.com --force-change-password false']
  static override args = {user: userArg}
  static override flags = {
    ...userIdentity,
    ...passwordFlags,
    'force-change-password': yesNo({
      summary: 'Whether it must be changed at the next sign-in; true when nothing is said.',
    }),
  }
  protected override readonly view = generatedPasswordView

  override async prepare(given: CommandParameters<typeof SetUserPassword>): Promise<Change<GeneratedPassword>> {
    const graph = await this.context.graph()
    const {userPrincipalName, objectId} = await graph.users.get(given.user)
    const {authentication, name} = await graph.domains.get(upnSuffix(userPrincipalName))
    if (authentication === 'Federated') {
      throw new FedctlError('Refused', `${userPrincipalName} has no password here: ${name} is federated.`, {
        hints: ['The password is set at the identity provider.'],
      })
    }
    const {password, isMadeUp} = givenOrMadeUp(given.passwordFile, this.context.randomBytes)
    return {
      plan: await this.plan(userPrincipalName, [planPassword(userPrincipalName)]),
      resources: {
        password: passwordResource(graph, objectId, {password, forceChange: given.forceChangePassword ?? true}),
      },
      async *result() {
        if (isMadeUp) yield {userPrincipalName, password}
      },
    }
  }
}
