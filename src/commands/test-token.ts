import {FedctlCommand} from '../cli/fedctl-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {tokenFiles, tokenTrustFlags} from '../cli/flags/token.ts'
import {listTokenFiles} from '../cli/list-token-files.ts'
import {tokenJudge} from '../cli/token-judge.ts'
import {tokenVerdictView} from '../cli/views/token-verdict-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {type TokenVerdict, toTokenVerdict} from '../lib/saml/token-verdict.ts'

export default class TestToken extends FedctlCommand<TokenVerdict> {
  static override topic = 'Tokens'
  static override summary = 'Judge tokens: which are accepted, and why the cloud refuses the others.'
  static override description =
    'WS-Federation and SAML 2.0 responses alike. The key comes from the trust, never from the token; what is shown was read from the bytes that the signature covers. Exit code 7 when any is refused; docs/token-verdicts.md says what each code means. With --domain-name the user must exist, and be of that domain.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> token.xml --domain-name fabrikam.com',
    '<%= config.bin %> <%= command.id %> token.xml --certificate signing.pem --issuer urn:fabrikam:com',
  ]
  static override args = {file: tokenFiles}
  static override flags = {...tokenTrustFlags}
  protected override readonly runsToTheEnd = true
  protected override readonly usualOutput = 'list'
  protected override readonly view = tokenVerdictView

  override async *records({file: files, ...trust}: CommandParameters<typeof TestToken>): AsyncIterable<TokenVerdict> {
    const judge = await tokenJudge(this.context, trust)
    let [refused, all] = [0, 0]
    for await (const {file, posted} of listTokenFiles(files)) {
      const verdict = await toTokenVerdict(judge(posted))
      all += 1
      if (!verdict.accepted) refused += 1
      yield {file, ...verdict}
    }
    if (refused > 0) throw new FedctlError('FindingsFound', `${refused} of ${all} tokens refused.`)
  }
}
