import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {tenantArg, tenantIdentity} from '../cli/flags/tenant.ts'
import {tenantKeeper} from '../cli/keep-tenant.ts'
import {type MadeTenant, madeTenantView} from '../cli/views/tenant-view.ts'
import {planNewTenant, tenantResource} from '../lib/administration/tenant-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {NewTenant as CreatedTenant} from '../lib/model/tenant.ts'

export default class NewTenant extends ChangeCommand<MadeTenant> {
  static override topic = 'Tenant'
  static override summary = 'Make a tenant in the embedded directory, with its first Global Administrator.'
  static override description =
    "The administrator's password goes to a file that only you can read. The new tenant becomes the current profile when there is none."
  static override examples = [
    "<%= config.bin %> <%= command.id %> adatum --display-name 'Adatum Corporation'",
    '<%= config.bin %> <%= command.id %> lab --domain-verification none',
  ]
  static override args = {initialDomain: tenantArg}
  static override flags = {
    ...tenantIdentity,
    'display-name': Flags.string({summary: 'Name of the organization; from the initial domain when nothing is said.'}),
    'domain-verification': Flags.option({
      summary: 'dns: domains are verified by a DNS record. none: names are trusted without asking (labs).',
      options: ['dns', 'none'] as const,
      default: 'dns' as const,
    })(),
    'password-file': Flags.string({
      summary: "Where the administrator's password goes; must not exist.",
      helpValue: 'FILE',
    }),
  }
  protected override readonly view = madeTenantView

  override async prepare(given: CommandParameters<typeof NewTenant>): Promise<Change<MadeTenant>> {
    const {initialDomain, domainVerification, passwordFile} = given
    const [name = initialDomain] = initialDomain.split('.')
    const client = await this.context.directoryClient({newStore: true})
    if ((await client.listTenants()).some((tenant) => tenant.initialDomain === initialDomain))
      throw new FedctlError('AlreadyExists', `There is a tenant ${initialDomain} already.`)
    const made: CreatedTenant[] = []
    const step = planNewTenant({displayName: given.displayName ?? name, initialDomain, domainVerification})
    const keeper = await tenantKeeper(this.context, {profile: given.profile ?? name, passwordFile})
    const tenant = tenantResource(client, made)
    const write: typeof tenant.write = (which, to) =>
      to === null ? tenant.write(which, to) : keeper.holding(() => tenant.write(which, to))
    return {
      plan: await this.plan(initialDomain, [step], {tenantId: ''}),
      resources: {tenant: given.asGraph === true ? tenant : {...tenant, write}},
      async *result() {
        for (const one of made) yield keeper.keep(one)
      },
    }
  }
}
