import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {conversionParts, newPasswordFile} from '../cli/conversion-parts.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import {keptPlanFlags} from '../cli/flags/kept-plan-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {providerSideFlags} from '../cli/flags/provider-side.ts'
import {yesNo} from '../cli/flags/value.ts'
import {domainView} from '../cli/views/domain-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {planConversionToStandard} from '../lib/federation/plan-conversion-to-standard.ts'
import {readRemovalWork} from '../lib/federation/read-provider-work.ts'
import {readTrustFacts} from '../lib/federation/trust-facts.ts'
import type {Domain} from '../lib/model/domain.ts'

export default class ConvertDomainToStandard extends ChangeCommand<Domain> {
  static override topic = 'Federation'
  static override summary = 'Let the users of a federated domain sign in at the directory again.'
  static override description =
    'First the directory, then new passwords, then the identity provider, whose relying party stays while another federated domain needs it. Users who are synchronised keep their passwords.'
  static override aliases = ['convert-msoldomaintostandard']
  static override examples = [
    '<%= config.bin %> <%= command.id %> fabrikam.com --skip-user-conversion false --password-file passwords.txt --what-if',
    '<%= config.bin %> <%= command.id %> fabrikam.com --skip-user-conversion false --password-file passwords.txt --force',
  ]
  static override args = {domain: domainArg}
  static override flags = {
    ...domainIdentity,
    'skip-user-conversion': yesNo({
      summary: 'Whether users get no new password, and cannot sign in until they have one.',
    }),
    'password-file': Flags.string({
      summary: 'New file that the new passwords are written to, for you alone: a line of user, tab, password.',
      helpValue: 'FILE',
    }),
    ...providerSideFlags,
    ...keptPlanFlags,
  }
  protected override readonly view = domainView

  override async prepare(given: CommandParameters<typeof ConvertDomainToStandard>): Promise<Change<Domain>> {
    const {domain, skipUserConversion, passwordFile, relyingPartyFolder: folder, identityProvider: provider} = given
    if (skipUserConversion === undefined || passwordFile === undefined)
      throw new FedctlError('Usage', `${this.id} needs --skip-user-conversion true|false and --password-file FILE.`)
    const passwords = skipUserConversion ? {} : {passwordFile: await newPasswordFile(passwordFile)}
    const facts = await readTrustFacts(await this.context.graph(), domain)
    const work = {folder, provider, supportMultipleDomain: false, mayOverwrite: given.overwrite}
    const removal = await readRemovalWork(facts, work)
    const {steps, ...words} = planConversionToStandard(facts, {...passwords, removal})
    return {plan: await this.plan(domain, steps, words), ...(await this.revive(given, true))}
  }

  override revive(given: CommandParameters<typeof ConvertDomainToStandard>, isFirstRun: boolean) {
    return conversionParts(this.context, {...given, isFirstRun})
  }
}
