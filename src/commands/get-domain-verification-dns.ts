import * as Flags from '@oclif/core/flags'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {domainVerificationRecordView} from '../cli/views/domain-view.ts'
import type {DomainVerificationRecord} from '../lib/model/domain.ts'

export default class GetDomainVerificationDns extends FedctlCommand<DomainVerificationRecord> {
  static override topic = 'Domain'
  static override summary = 'Get the DNS record that proves who owns a domain.'
  static override aliases = ['get-msoldomainverificationdns']
  static override examples = [
    '<%= config.bin %> <%= command.id %> fabrikam.example',
    '<%= config.bin %> <%= command.id %> fabrikam.example --mode DnsMXRecord',
  ]
  static override args = {domain: domainArg}
  static override flags = {
    ...domainIdentity,
    mode: Flags.option({
      summary: 'Which kind of record.',
      options: ['DnsTxtRecord', 'DnsMXRecord'] as const,
      default: 'DnsTxtRecord' as const,
    })(),
  }
  protected override readonly view = domainVerificationRecordView

  override async *records({
    domain,
    mode,
  }: CommandParameters<typeof GetDomainVerificationDns>): AsyncIterable<DomainVerificationRecord> {
    const {domains} = await this.context.graph()
    const wanted = mode === 'DnsMXRecord' ? 'Mx' : 'Txt'
    for await (const record of domains.verificationRecords(domain)) if (record.recordType === wanted) yield record
  }
}
