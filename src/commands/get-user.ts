import {FedctlCommand} from '../cli/fedctl-command.ts'
import {listingFlags} from '../cli/flags/common-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {optionalUserArg, userFilterFlags, userIdentity} from '../cli/flags/user.ts'
import {userView} from '../cli/views/user-view.ts'
import type {User} from '../lib/model/user.ts'

export default class GetUser extends FedctlCommand<User> {
  static override topic = 'User'
  static override summary = 'Get users of the tenant.'
  static override aliases = ['get-msoluser']
  static override examples = [
    '<%= config.bin %> <%= command.id %> ada@contoso.com',
    '<%= config.bin %> <%= command.id %> --department Sales --all',
    '<%= config.bin %> <%= command.id %> --property UserPrincipalName,ImmutableId --output csv',
  ]
  static override args = {user: optionalUserArg}
  static override flags = {...userIdentity, ...userFilterFlags, ...listingFlags}
  protected override readonly view = userView

  override async *records(given: CommandParameters<typeof GetUser>): AsyncIterable<User> {
    const {users} = await this.context.graph()
    const {
      user,
      returnDeletedUsers,
      hasErrorsOnly,
      unlicensedUsersOnly,
      domainName,
      enabledFilter,
      searchString,
      synchronized,
      ...rest
    } = given
    if (user !== undefined && !returnDeletedUsers) return yield users.get(user)
    const filter = {
      ...rest,
      ...(domainName === undefined ? {} : {domain: domainName}),
      ...(searchString === undefined ? {} : {search: searchString}),
      ...(synchronized ? {synchronized} : {}),
      ...(enabledFilter === undefined || enabledFilter === 'All' ? {} : {enabled: enabledFilter === 'EnabledOnly'}),
    }
    for await (const one of returnDeletedUsers ? users.listDeleted() : users.list(filter))
      if (
        (user === undefined || one.userPrincipalName.toLowerCase() === user.toLowerCase() || one.objectId === user) &&
        !(hasErrorsOnly && one.validationStatus !== 'Error') &&
        !(unlicensedUsersOnly && one.isLicensed)
      )
        yield one
  }
}
