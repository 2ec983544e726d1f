import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {namedDomainArg, namedDomainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {domainResource, planDefault} from '../lib/administration/domain-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class SetDomain extends ChangeCommand<Domain> {
  static override topic = 'Domain'
  static override summary = 'Make a domain the default of the tenant.'
  static override aliases = ['set-msoldomain']
  static override examples = ['<%= config.bin %> <%= command.id %> contoso.com --is-default']
  static override args = {domain: namedDomainArg}
  static override flags = {...namedDomainIdentity, 'is-default': Flags.boolean({summary: 'New users get this domain.'})}
  protected override readonly view = domainView

  override async prepare({domain, isDefault}: CommandParameters<typeof SetDomain>): Promise<Change<Domain>> {
    if (!isDefault) throw new FedctlError('Usage', 'set-domain has nothing to set.', {hints: ['Give --is-default.']})
    const graph = await this.context.graph()
    const steps = planDefault(await graph.domains.get(domain))
    return {plan: await this.plan(domain, steps), resources: {domain: domainResource(graph)}}
  }
}
