import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {givenOrMadeUp, passwordFlags} from '../cli/flags/password.ts'
import {newUserArg, newUserIdentity, toUserChange, userPropertyFlags} from '../cli/flags/user.ts'
import {yesNo} from '../cli/flags/value.ts'
import {newUserView} from '../cli/views/user-view.ts'
import {findUserProblems} from '../lib/administration/find-user-problems.ts'
import {planNewUser} from '../lib/administration/plan-user.ts'
import {userResource} from '../lib/administration/user-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {User} from '../lib/model/user.ts'
import {upnSuffix} from '../lib/model/user-principal-name.ts'

type CreatedUser = User & {readonly password?: string}

export default class NewUser extends ChangeCommand<CreatedUser> {
  static override topic = 'User'
  static override summary = 'Create a user. A password that is not given is made up and shown once.'
  static override aliases = ['new-msoluser']
  static override examples = [
    "<%= config.bin %> <%= command.id %> grace@contoso.com --display-name 'Grace Hopper'",
    '<%= config.bin %> <%= command.id %> edsger@fabrikam.com --display-name Edsger --immutable-id lHh/rEL830q6/mStDnD4uw==',
  ]
  static override args = {user: newUserArg}
  static override flags = {
    ...newUserIdentity,
    ...userPropertyFlags,
    ...passwordFlags,
    'force-change-password': yesNo({summary: 'Whether the password must be changed at the next sign-in.'}),
  }
  protected override readonly view = newUserView

  override async prepare(given: CommandParameters<typeof NewUser>): Promise<Change<CreatedUser>> {
    const upn = given.user
    if (given.displayName === undefined || given.displayName === '')
      throw new FedctlError('Usage', 'new-user needs --display-name.')
    const graph = await this.context.graph()
    if ((await graph.users.find(upn)) !== undefined)
      throw new FedctlError('AlreadyExists', `There is a user ${upn} already.`)
    const {authentication} = await graph.domains.get(upnSuffix(upn))
    const {password, isMadeUp} = givenOrMadeUp(given.passwordFile, this.context.randomBytes)
    const wanted = {
      blockCredential: false,
      mailNickname: upn.slice(0, upn.indexOf('@')),
      ...toUserChange(given),
      userPrincipalName: upn,
    }
    return {
      plan: await this.plan(upn, [planNewUser(wanted)], {
        findings: await findUserProblems(graph, {userPrincipalName: upn, immutableId: given.immutableId}),
      }),
      resources: {
        user: userResource(graph, {password: {password, forceChange: given.forceChangePassword ?? true}}),
      },
      async *result() {
        yield {...(isMadeUp && authentication === 'Managed' ? {password} : {}), ...(await graph.users.get(upn))}
      },
    }
  }
}
