import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {domainResource, planVerification} from '../lib/administration/domain-resource.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class ConfirmDomain extends ChangeCommand<Domain> {
  static override topic = 'Domain'
  static override summary = 'Verify a domain by its DNS record.'
  static override description =
    'The record is what get-domain-verification-dns shows. FEDCTL_DNS_SERVER names another resolver than that of the machine.'
  static override aliases = ['confirm-msoldomain']
  static override examples = ['<%= config.bin %> <%= command.id %> fabrikam.example']
  static override args = {domain: domainArg}
  static override flags = {...domainIdentity}
  protected override readonly view = domainView

  override async prepare({domain}: CommandParameters<typeof ConfirmDomain>): Promise<Change<Domain>> {
    const graph = await this.context.graph()
    const steps = planVerification(await graph.domains.get(domain))
    return {
      plan: await this.plan(domain, steps),
      resources: {domain: domainResource(graph)},
      async *result() {
        yield graph.domains.get(domain)
      },
    }
  }
}
