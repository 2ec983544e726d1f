import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts} from '../cli/conversion-parts.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {providerFlags} from '../cli/flags/federation-settings.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {providerSideFlags} from '../cli/flags/provider-side.ts'
import {trustPlanFlags} from '../cli/flags/trust-plan-flags.ts'
import {readConversionSettings} from '../cli/read-trust-settings.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {planConversionToFederated} from '../lib/federation/plan-conversion-to-federated.ts'
import {readSetUpWork} from '../lib/federation/read-provider-work.ts'
import {readTrustFacts} from '../lib/federation/trust-facts.ts'
import type {Domain} from '../lib/model/domain.ts'

const settings =
  '--signing-certificate signing.pem --issuer-uri urn:contoso:com --passive-log-on-uri https://sts.contoso.com/adfs/ls/ --federated-idp-mfa-behavior rejectMfaByFederatedIdp'

export default class ConvertDomainToFederated extends ChangeCommand<Domain> {
  static override topic = 'Federation'
  static override summary = 'Let the users of a domain sign in at an identity provider: both sides of the trust.'
  static override description =
    'First the identity provider’s side: files are written, a person applies them, and the provider is asked whether it is ready. Only then the directory points at it; with --signing-key the embedded one is shown a token that it must accept. What fails is undone; what was interrupted can be finished or undone.'
  static override aliases = ['convert-msoldomaintofederated']
  static override examples = [
    `<%= config.bin %> <%= command.id %> contoso.com ${settings} --what-if`,
    `<%= config.bin %> <%= command.id %> contoso.com ${settings} --identity-provider-ready --signing-key signing.key --force`,
  ]
  static override args = {domain: domainArg}
  static override flags = {
    ...domainIdentity,
    ...providerFlags,
    'support-multiple-domain': Flags.boolean({
      summary: 'The provider serves several domains: this one gets an issuer of its own.',
      exclusive: ['issuer-uri'],
    }),
    ...providerSideFlags,
    ...trustPlanFlags,
  }
  protected override readonly view = domainView

  override async prepare(given: CommandParameters<typeof ConvertDomainToFederated>): Promise<Change<Domain>> {
    const {domain, supportMultipleDomain, relyingPartyFolder: folder, identityProvider: provider} = given
    const settings = await readConversionSettings(this.context, given)
    const facts = await readTrustFacts(await this.context.graph(), domain)
    const {passiveLogOnUri, issuerUri} = settings
    const work = {folder, provider, passiveLogOnUri, issuerUri, supportMultipleDomain, mayOverwrite: given.overwrite}
    const relyingParty = await readSetUpWork(facts, work)
    const now = this.context.now()
    const parts = await this.revive(given, true)
    const content = planConversionToFederated(facts, {settings, supportMultipleDomain, relyingParty, now})
    const {steps, ...words} = await parts.proven(content, facts)
    return {plan: await this.plan(domain, steps, words), ...parts}
  }

  override revive(given: CommandParameters<typeof ConvertDomainToFederated>, isFirstRun: boolean) {
    return conversionParts(this.context, {...given, isFirstRun})
  }
}
