import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts} from '../cli/conversion-parts.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {federationSettingsFlags} from '../cli/flags/federation-settings.ts'
import {keptPlanFlags} from '../cli/flags/kept-plan-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {readSettingsChange} from '../cli/read-trust-settings.ts'
import {federationSettingsView} from '../cli/views/federation-settings-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {planSettingsChange} from '../lib/federation/plan-settings-change.ts'
import {readTrustFacts} from '../lib/federation/trust-facts.ts'
import type {FederationSettings} from '../lib/model/federation-settings.ts'

export default class SetDomainFederationSettings extends ChangeCommand<FederationSettings> {
  static override topic = 'Federation'
  static override summary = 'Change what the directory believes of the identity provider of a domain.'
  static override description = 'The directory’s side only. An empty text clears a setting.'
  static override aliases = ['set-msoldomainfederationsettings']
  static override examples = [
    "<%= config.bin %> <%= command.id %> fabrikam.com --federation-brand-name 'Fabrikam'",
    '<%= config.bin %> <%= command.id %> fabrikam.com --next-signing-certificate signing.pem --what-if',
  ]
  static override args = {domain: domainArg}
  static override flags = {...domainIdentity, ...federationSettingsFlags, ...keptPlanFlags}
  protected override readonly view = federationSettingsView

  override async prepare(
    given: CommandParameters<typeof SetDomainFederationSettings>,
  ): Promise<Change<FederationSettings>> {
    const change = await readSettingsChange(this.context, given)
    if (Object.keys(change).length === 0)
      throw new FedctlError('Usage', `${this.id} has nothing to set.`, {
        hints: ['Give a setting, as in --log-off-uri URL.'],
      })
    const facts = await readTrustFacts(await this.context.graph(), given.domain)
    const {steps, ...words} = planSettingsChange(facts, change, this.context.now())
    return {plan: await this.plan(given.domain, steps, words), ...(await this.revive(given, true))}
  }

  override async revive(given: CommandParameters<typeof SetDomainFederationSettings>, isFirstRun: boolean) {
    const {resources, preflight} = await conversionParts(this.context, {...given, isFirstRun})
    const {federationSettings} = await this.context.graph()
    return {
      resources,
      preflight,
      async *result() {
        const settings = await federationSettings.find(given.domain)
        if (settings !== undefined) yield settings
      },
    }
  }
}
