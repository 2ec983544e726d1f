import {FedctlCommand} from '../cli/fedctl-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {tokenFiles} from '../cli/flags/token.ts'
import {listTokenFiles} from '../cli/list-token-files.ts'
import {type DecodedTokenRecord, decodedTokenView, toDecodedTokenRecord} from '../cli/views/decoded-token-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {decodeToken} from '../lib/saml/decode-token.ts'

export default class GetToken extends FedctlCommand<DecodedTokenRecord> {
  static override topic = 'Tokens'
  static override summary = 'Show what tokens say, without trusting them: nothing is verified.'
  static override description = 'No signature, time or audience is looked at. Whether to believe it: test-token.'
  static override examples = ['<%= config.bin %> <%= command.id %> token.xml']
  static override args = {file: tokenFiles}
  protected override readonly usualOutput = 'list'
  protected override readonly view = decodedTokenView

  override async *records({file: files}: CommandParameters<typeof GetToken>): AsyncIterable<DecodedTokenRecord> {
    this.context.warn('Nothing of this is verified: it is what the token says. Whether it holds: test-token.')
    for await (const {file, posted} of listTokenFiles(files)) {
      const token = decodeToken(posted.text)
      if (!token.ok) throw new FedctlError('FileUnreadable', `${file} cannot be read as a token: ${token.problem}.`)
      yield toDecodedTokenRecord(token.value, file)
    }
  }
}
