import {FedctlCommand} from '../cli/fedctl-command.ts'
import {findSettings} from '../cli/find-settings.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {type FederationSettingsRecord, federationSettingsView} from '../cli/views/federation-settings-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'

export default class GetDomainFederationSettings extends FedctlCommand<FederationSettingsRecord> {
  static override topic = 'Federation'
  static override summary = 'Get what the directory believes of the identity provider of a domain.'
  static override aliases = ['get-federation-settings', 'get-msoldomainfederationsettings']
  static override examples = [
    '<%= config.bin %> <%= command.id %> fabrikam.com',
    "<%= config.bin %> <%= command.id %> fabrikam.com --property '*'",
  ]
  static override args = {domain: domainArg}
  static override flags = {...domainIdentity}
  protected override readonly view = federationSettingsView

  override async *records({
    domain,
  }: CommandParameters<typeof GetDomainFederationSettings>): AsyncIterable<FederationSettingsRecord> {
    const settings = await findSettings(this.context, domain)
    if (settings === undefined)
      throw new FedctlError('NotFound', `The domain ${domain} is managed: it has no federation settings.`)
    yield settings
  }
}
