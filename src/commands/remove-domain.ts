import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {domainResource, planDomainRemoval} from '../lib/administration/domain-resource.ts'
import {findDomainUses} from '../lib/administration/find-domain-uses.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class RemoveDomain extends ChangeCommand<Domain> {
  static override topic = 'Domain'
  static override summary = 'Remove a domain that nothing uses any more.'
  static override aliases = ['remove-msoldomain']
  static override examples = ['<%= config.bin %> <%= command.id %> spare.example --force']
  static override args = {domain: domainArg}
  static override flags = {...domainIdentity}
  protected override readonly view = domainView

  override async prepare({domain}: CommandParameters<typeof RemoveDomain>): Promise<Change<Domain>> {
    const graph = await this.context.graph()
    const step = planDomainRemoval(await graph.domains.get(domain))
    const findings = await findDomainUses(graph, domain)
    return {
      plan: await this.plan(domain, [step], {findings}),
      resources: {domain: domainResource(graph)},
      isDestructive: true,
    }
  }
}
