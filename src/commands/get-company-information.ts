import {FedctlCommand} from '../cli/fedctl-command.ts'
import {companyInformationView} from '../cli/views/company-information-view.ts'
import type {CompanyInformation} from '../lib/model/company-information.ts'

export default class GetCompanyInformation extends FedctlCommand<CompanyInformation> {
  static override topic = 'Tenant'
  static override summary = 'Get what the directory knows of the tenant.'
  static override aliases = ['get-msolcompanyinformation']
  static override examples = ['<%= config.bin %> <%= command.id %>']
  protected override readonly view = companyInformationView
  protected override readonly usualOutput = 'list'

  override async *records(): AsyncIterable<CompanyInformation> {
    const {organization} = await this.context.graph()
    yield organization.get()
  }
}
