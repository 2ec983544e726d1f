import {FedctlCommand} from '../cli/fedctl-command.ts'
import {listingFlags} from '../cli/flags/common-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {optionalUserArg, toUserFilter, userFilterFlags, userIdentity} from '../cli/flags/user.ts'
import {userView} from '../cli/views/user-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {User} from '../lib/model/user.ts'
import {isMatch, isUser} from '../lib/model/user-filter.ts'

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
    const {user, returnDeletedUsers} = given
    const filter = toUserFilter(given)
    if (user !== undefined && Object.keys(filter).length > 0)
      throw new FedctlError('Usage', `get-user takes a user or a filter, not both: ${user} is one user.`)
    const {users} = await this.context.graph()
    if (user !== undefined && !returnDeletedUsers) return yield users.get(user)
    // The directory filters its users itself, but for what it has no filter for; the deleted ones come unfiltered.
    const {licensed, hasErrors} = filter
    const left = returnDeletedUsers ? filter : {licensed, hasErrors}
    for await (const one of returnDeletedUsers ? users.listDeleted() : users.list(filter))
      if (isMatch(one, left) && (user === undefined || isUser(one, user))) yield one
  }
}
