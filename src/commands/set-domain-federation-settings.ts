import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts} from '../cli/conversion-parts.ts'
import {findSettings} from '../cli/find-settings.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {federationSettingsFlags} from '../cli/flags/federation-settings.ts'
import {keptPlanFlags} from '../cli/flags/kept-plan-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {givenTokenRules, tokenRulesFlags} from '../cli/flags/token-rules.ts'
import {planGivenRules} from '../cli/plan-given-rules.ts'
import {readSettingsChange} from '../cli/read-trust-settings.ts'
import {type FederationSettingsRecord, federationSettingsView} from '../cli/views/federation-settings-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {planSettingsChange} from '../lib/federation/plan-settings-change.ts'
import {tokenRulesKind, tokenRulesResource} from '../lib/federation/token-rules-resource.ts'
import {readTrustFacts} from '../lib/federation/trust-facts.ts'

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
  static override flags = {...domainIdentity, ...federationSettingsFlags, ...tokenRulesFlags, ...keptPlanFlags}
  protected override readonly view = federationSettingsView

  override async prepare(
    given: CommandParameters<typeof SetDomainFederationSettings>,
  ): Promise<Change<FederationSettingsRecord>> {
    const change = await readSettingsChange(this.context, given)
    const rules = givenTokenRules(given)
    if (Object.keys(change).length === 0 && rules === undefined)
      throw new FedctlError('Usage', `${this.id} has nothing to set.`, {
        hints: ['Give a setting, as in --log-off-uri URL.'],
      })
    const facts = await readTrustFacts(await this.context.graph(), given.domain)
    const {steps, findings, summary} = planSettingsChange(facts, change, this.context.now())
    const more = await planGivenRules(this.context, facts.domain, rules)
    const words = {findings: [...findings, ...more.findings], summary: more.steps.length === 0 ? summary : []}
    return {plan: await this.plan(given.domain, [...steps, ...more.steps], words), ...(await this.revive(given, true))}
  }

  override async revive(given: CommandParameters<typeof SetDomainFederationSettings>, isFirstRun: boolean) {
    const {context} = this
    const {resources, preflight} = await conversionParts(context, {...given, isFirstRun})
    return {
      resources: {...resources, [tokenRulesKind]: tokenRulesResource(await context.tokenRules())},
      preflight,
      async *result() {
        const settings = await findSettings(context, given.domain)
        if (settings !== undefined) yield settings
      },
    }
  }
}
