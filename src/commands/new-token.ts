import {FedctlCommand} from '../cli/fedctl-command.ts'
import {newTokenFlags} from '../cli/flags/new-token.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {passphraseFlags} from '../cli/flags/passphrase.ts'
import {optionalUserArg, userIdentity} from '../cli/flags/user.ts'
import {readTokenSigner} from '../cli/read-token-signer.ts'
import {type TokenRecord, tokenView} from '../cli/views/token-view.ts'
import {readWantedToken} from '../cli/wanted-token.ts'
import {refuseExisting, writeKeyMaterial} from '../lib/certificates/write-key-material.ts'
import {signToken} from '../lib/saml/sign-token.ts'

export default class NewToken extends FedctlCommand<TokenRecord> {
  static override topic = 'Tokens'
  static override summary = 'Sign a token as an identity provider would: for a user of the directory, or for anybody.'
  static override description =
    'For tests. The file holds what is posted to the directory: the wresult of WS-Federation, or the XML of a SAMLResponse. Without --out the token is the property token of the record: --output json, or --query [0].token for it alone. Whoever has a token signs in as its user.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> grace@fabrikam.com --signing-key signing.key --out new-token.xml',
    "<%= config.bin %> <%= command.id %> grace@fabrikam.com --protocol Samlp --signing-key signing.key --query '[0].token'",
    '<%= config.bin %> <%= command.id %> --issuer urn:x --immutable-id anybody --signing-key signing.pfx',
  ]
  static override args = {user: optionalUserArg}
  static override flags = {...userIdentity, ...newTokenFlags, ...passphraseFlags}
  protected override readonly view = tokenView
  protected override readonly usualOutput = 'list'
  protected override readonly runsToTheEnd = true

  override async *records(given: CommandParameters<typeof NewToken>): AsyncIterable<TokenRecord> {
    const {out, overwrite} = given
    const places = out === undefined ? [] : [{path: out, isPrivate: true, isReplaceable: true} as const]
    await refuseExisting(places, overwrite)
    const {content, form, trust, userPrincipalName} = await readWantedToken(this.context, given)
    const token = await signToken(content, form, await readTokenSigner(this.context, given, trust))
    const readable = await writeKeyMaterial(
      places.map((place) => ({...place, content: token})),
      overwrite,
    )
    for (const path of readable) this.context.warn(`${path} could not be kept from other users of this machine.`)
    const {issuer, audience, nameId, notBefore, notOnOrAfter} = content
    yield {
      ...(out !== undefined && {file: out}),
      protocol: form.protocol,
      ...{issuer, audience, nameId},
      ...(userPrincipalName !== undefined && {userPrincipalName}),
      notBefore: notBefore.toISOString(),
      notOnOrAfter: notOnOrAfter.toISOString(),
      ...(out === undefined && {token}),
    }
  }
}
