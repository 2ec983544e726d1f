import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {namedDomainArg, namedDomainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {domainResource, planNewDomain} from '../lib/administration/domain-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class NewDomain extends ChangeCommand<Domain> {
  static override topic = 'Domain'
  static override summary = 'Add a domain to the tenant; verify it with confirm-domain.'
  static override aliases = ['new-msoldomain']
  static override examples = ['<%= config.bin %> <%= command.id %> northwind.example']
  static override args = {domain: namedDomainArg}
  static override flags = {...namedDomainIdentity}
  protected override readonly view = domainView

  override async prepare({domain}: CommandParameters<typeof NewDomain>): Promise<Change<Domain>> {
    const graph = await this.context.graph()
    for await (const {name} of graph.domains.list())
      if (name === domain) throw new FedctlError('AlreadyExists', `The tenant has the domain ${domain} already.`)
    return {
      plan: await this.plan(domain, [planNewDomain(domain)]),
      resources: {domain: domainResource(graph)},
      async *result() {
        yield graph.domains.get(domain)
      },
    }
  }
}
