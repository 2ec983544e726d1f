import {hash} from 'node:crypto'
import * as Flags from '@oclif/core/flags'
import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {domainArg, domainIdentity} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {webAddress} from '../cli/flags/value.ts'
import {type RelyingPartyFileRecord, relyingPartyFileView} from '../cli/views/relying-party-file-view.ts'
import {fileResource, fileStep} from '../lib/federation/file-resource.ts'
import {readProviderFiles} from '../lib/federation/provider-files.ts'
import {readTrusts} from '../lib/federation/trust-facts.ts'
import {cloudReplyAddress, issuerOfDomain} from '../lib/relying-party/relying-party.ts'
import {configurableProviders, relyingPartyFiles} from '../lib/relying-party/relying-party-files.ts'
import {toRelyingParty} from '../lib/relying-party/to-relying-party.ts'

export default class NewRelyingParty extends ChangeCommand<RelyingPartyFileRecord> {
  static override topic = 'Federation'
  static override summary = 'Write what makes an identity provider know the directory, into files.'
  static override description =
    'adfs: a script for the primary AD FS server and its twin that removes the trust. simplesamlphp: its metadata of remote relying parties. metadata: the standards’ own form, for every other provider.'
  static override examples = ['<%= config.bin %> <%= command.id %> contoso.com --identity-provider adfs']
  static override args = {domain: domainArg}
  static override flags = {
    ...domainIdentity,
    'identity-provider': Flags.option({
      summary: 'For which identity provider.',
      options: configurableProviders,
      required: true,
    })(),
    path: Flags.string({summary: 'Folder of the files.', helpValue: 'FOLDER', default: 'relying-party'}),
    'reply-address': webAddress({summary: 'Where the directory takes tokens.', default: cloudReplyAddress}),
    'support-multiple-domain': Flags.boolean({summary: 'The domain gets an issuer of its own.'}),
    overwrite: Flags.boolean({summary: 'Replace files that have other content.'}),
  }
  protected override readonly view = relyingPartyFileView

  override async prepare(given: CommandParameters<typeof NewRelyingParty>): Promise<Change<RelyingPartyFileRecord>> {
    const {domain, identityProvider, path: folder, replyAddress, overwrite} = given
    const issuerUri = given.supportMultipleDomain ? issuerOfDomain(domain) : undefined
    const party = toRelyingParty(await readTrusts(await this.context.graph(), domain), {replyAddress, issuerUri})
    const files = relyingPartyFiles(identityProvider, party)
    const written = await readProviderFiles(folder, files, overwrite)
    const changed = written.filter(({text, before}) => text !== before)
    return {
      plan: await this.plan(
        domain,
        changed.map(({path, text, before}) => fileStep(path, text, before)),
      ),
      resources: {file: fileResource},
      async *result() {
        for (const [index, {purpose, content}] of files.entries())
          yield {file: written[index]?.path ?? '', identityProvider, purpose, sha256: hash('sha256', content)}
      },
    }
  }
}
