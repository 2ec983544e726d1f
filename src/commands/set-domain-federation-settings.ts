import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts} from '../cli/conversion-parts.ts'
import {findSettings} from '../cli/find-settings.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {federationSettingsFlags} from '../cli/flags/federation-settings.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {tokenRulesFlags} from '../cli/flags/token-rules.ts'
import {trustPlanFlags} from '../cli/flags/trust-plan-flags.ts'
import {planGivenSettings} from '../cli/plan-given-settings.ts'
import {type FederationSettingsRecord, federationSettingsView} from '../cli/views/federation-settings-view.ts'
import {tokenRulesKind, tokenRulesResource} from '../lib/federation/token-rules-resource.ts'

export default class SetDomainFederationSettings extends ChangeCommand<FederationSettingsRecord> {
  static override topic = 'Federation'
  static override summary = 'Change what the directory believes of the identity provider of a domain.'
  static override description = 'The directory’s side only. An empty text clears a setting.'
  static override aliases = ['set-msoldomainfederationsettings']
  static override examples = [
    "<%= config.bin %> <%= command.id %> fabrikam.com --federation-brand-name 'Fabrikam'",
    '<%= config.bin %> <%= command.id %> fabrikam.com --token-lifetime-minutes 480',
    '<%= config.bin %> <%= command.id %> fabrikam.com --next-signing-certificate signing.pem --what-if',
  ]
  static override args = {domain: domainArg}
  static override flags = {...domainIdentity, ...federationSettingsFlags, ...tokenRulesFlags, ...trustPlanFlags}
  protected override readonly view = federationSettingsView

  override async prepare(
    given: CommandParameters<typeof SetDomainFederationSettings>,
  ): Promise<Change<FederationSettingsRecord>> {
    const {content, facts} = await planGivenSettings(this.context, given)
    const parts = await this.revive(given, true)
    const {steps, ...words} = await parts.proven(content, facts)
    return {plan: await this.plan(given.domain, steps, words), ...parts}
  }

  override async revive(given: CommandParameters<typeof SetDomainFederationSettings>, isFirstRun: boolean) {
    const {context} = this
    const {resources, preflight, proven} = await conversionParts(context, {...given, isFirstRun})
    return {
      resources: {...resources, [tokenRulesKind]: tokenRulesResource(await context.tokenRules())},
      preflight,
      proven,
      async *result() {
        const settings = await findSettings(context, given.domain)
        if (settings !== undefined) yield settings
      },
    }
  }
}
