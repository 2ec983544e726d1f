import * as Flags from '@oclif/core/flags'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import {domainIdentity, optionalDomainArg} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainView} from '../cli/views/domain-view.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class GetDomain extends FedctlCommand<Domain> {
  static override topic = 'Domain'
  static override summary = 'Get domains of the tenant.'
  static override aliases = ['get-msoldomain']
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> contoso.com',
    '<%= config.bin %> <%= command.id %> --authentication Federated --output json',
  ]
  static override args = {domain: optionalDomainArg}
  static override flags = {
    ...domainIdentity,
    status: Flags.option({
      summary: 'Only domains of this status.',
      options: ['Verified', 'Unverified', 'PendingDeletion'] as const,
    })(),
    authentication: Flags.option({summary: 'Only domains of this kind.', options: ['Managed', 'Federated'] as const})(),
    capability: Flags.string({summary: 'Only domains with this capability.'}),
  }
  protected override readonly view = domainView

  override async *records({
    domain,
    status,
    authentication,
    capability,
  }: CommandParameters<typeof GetDomain>): AsyncIterable<Domain> {
    const {domains} = await this.context.graph()
    if (domain !== undefined) return yield domains.get(domain)
    for await (const one of domains.list())
      if (
        (status ?? one.status) === one.status &&
        (authentication ?? one.authentication) === one.authentication &&
        (capability === undefined || one.capabilities.includes(capability))
      )
        yield one
  }
}
