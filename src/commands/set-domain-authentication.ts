import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts} from '../cli/conversion-parts.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {providerFlags} from '../cli/flags/federation-settings.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {trustPlanFlags} from '../cli/flags/trust-plan-flags.ts'
import {readConversionSettings} from '../cli/read-trust-settings.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {planConversionToFederated} from '../lib/federation/plan-conversion-to-federated.ts'
import {planConversionToStandard} from '../lib/federation/plan-conversion-to-standard.ts'
import {readTrustFacts} from '../lib/federation/trust-facts.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class SetDomainAuthentication extends ChangeCommand<Domain> {
  static override topic = 'Federation'
  static override summary = 'Make a domain federated or managed, at the directory alone.'
  static override description =
    'Nothing is done for the identity provider and no password is given. To convert a domain with all that belongs to it, use convert-domain-to-federated or convert-domain-to-standard.'
  static override aliases = ['set-msoldomainauthentication']
  static override examples = [
    '<%= config.bin %> <%= command.id %> fabrikam.com --authentication Managed --force',
    '<%= config.bin %> <%= command.id %> contoso.com --authentication Federated --signing-certificate signing.pem --issuer-uri urn:contoso:com --passive-log-on-uri https://sts.contoso.com/adfs/ls/ --federated-idp-mfa-behavior rejectMfaByFederatedIdp --force',
  ]
  static override args = {domain: domainArg}
  static override flags = {
    ...domainIdentity,
    authentication: Flags.option({
      summary: 'Who checks passwords; needed for a new plan.',
      options: ['Managed', 'Federated'] as const,
    })(),
    ...providerFlags,
    ...trustPlanFlags,
  }
  protected override readonly view = domainView

  override async prepare(given: CommandParameters<typeof SetDomainAuthentication>): Promise<Change<Domain>> {
    const {domain, authentication} = given
    if (authentication === undefined)
      throw new FedctlError('Usage', `${this.id} needs --authentication Managed|Federated.`)
    const facts = await readTrustFacts(await this.context.graph(), domain)
    const parts = await this.revive(given, true)
    const content =
      authentication === 'Managed'
        ? planConversionToStandard(facts, {})
        : planConversionToFederated(facts, await this.wanted(given))
    const {steps, ...words} = await parts.proven(content, facts)
    return {plan: await this.plan(domain, steps, words), ...parts}
  }

  override revive(given: CommandParameters<typeof SetDomainAuthentication>, isFirstRun: boolean) {
    return conversionParts(this.context, {...given, isFirstRun})
  }

  private async wanted(given: CommandParameters<typeof SetDomainAuthentication>) {
    const settings = await readConversionSettings(this.context, given)
    return {settings, supportMultipleDomain: false, now: this.context.now()}
  }
}
