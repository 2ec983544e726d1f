import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {tenantArg, tenantIdentity} from '../cli/flags/tenant.ts'
import {forgetTenant} from '../cli/forget-tenant.ts'
import {tenantView} from '../cli/views/tenant-view.ts'
import {planTenantRemoval, tenantResource} from '../lib/administration/tenant-resource.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Tenant} from '../lib/model/tenant.ts'

export default class RemoveTenant extends ChangeCommand<Tenant> {
  static override topic = 'Tenant'
  static override summary = 'Remove a tenant of the embedded directory and everything in it.'
  static override description = "Asks for the tenant's display name, or takes it from --display-name."
  static override examples = ["<%= config.bin %> <%= command.id %> spare --display-name 'Spare Parts'"]
  static override args = {initialDomain: tenantArg}
  static override flags = {
    ...tenantIdentity,
    'display-name': Flags.string({summary: "The tenant's display name, to be sure."}),
  }
  protected override readonly view = tenantView

  override async prepare({
    initialDomain,
    displayName,
  }: CommandParameters<typeof RemoveTenant>): Promise<Change<Tenant>> {
    const client = await this.context.directoryClient()
    const tenant = (await client.listTenants()).find((one) => one.initialDomain === initialDomain)
    if (tenant === undefined) throw new FedctlError('NotFound', `There is no tenant ${initialDomain}.`)
    const isSure = async (): Promise<void> => {
      const name =
        displayName ?? (await this.ask(`Display name of the tenant to remove (${initialDomain}):`, '--display-name'))
      if (name !== tenant.displayName)
        throw new FedctlError(
          'NotConfirmed',
          `"${name}" is not the display name of ${initialDomain}: nothing was removed.`,
        )
    }
    return {
      plan: await this.plan(initialDomain, [planTenantRemoval(tenant)], {tenantId: tenant.tenantId}),
      resources: {tenant: tenantResource(client)},
      confirmBy: isSure,
      result: () => forgetTenant(this.context, tenant.tenantId),
    }
  }
}
