import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {domainIdentity, optionalDomainArg} from '../cli/flags/domain.ts'
import {newCertificateFlags} from '../cli/flags/new-certificate.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {newPassphrase, passphraseFlags} from '../cli/flags/passphrase.ts'
import {keyMaterialBase, makeKeyMaterial} from '../cli/make-key-material.ts'
import {
  type CertificateRecord,
  signingCertificateView,
  toCertificateRecord,
} from '../cli/views/signing-certificate-view.ts'
import {keyMaterialFormats, toKeyMaterialPlaces} from '../lib/certificates/to-key-material.ts'
import {refuseExisting} from '../lib/certificates/write-key-material.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {keyMaterialResource, planKeyMaterial} from '../lib/federation/key-material-resource.ts'

export default class NewSigningCertificate extends ChangeCommand<CertificateRecord> {
  static override topic = 'Certificates'
  static override summary = 'Make a key and a self-signed certificate to sign tokens with, in files.'
  static override description =
    'NAME.key (the private key), NAME.pem, NAME.cer (DER), NAME.base64 (one line, as Graph wants it) and NAME.pfx (key and certificate). Only you can read the files with the key, and its passphrase comes from a file, FEDCTL_PASSPHRASE or a question.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> contoso.com --passphrase-file passphrase.txt',
    "<%= config.bin %> <%= command.id %> --subject 'CN=Token Signing, O=Contoso' --key-size 3072 --valid-days 730 --unprotected-key",
  ]
  static override args = {domain: optionalDomainArg}
  static override flags = {...domainIdentity, ...newCertificateFlags, ...passphraseFlags}
  protected override readonly view = signingCertificateView
  protected override readonly usualOutput = 'list'

  override async prepare(given: CommandParameters<typeof NewSigningCertificate>): Promise<Change<CertificateRecord>> {
    const {domain, path, format: formats = keyMaterialFormats} = given
    const base = keyMaterialBase(path, domain ?? 'token-signing')
    const subject = given.subject ?? (domain && `CN=Token Signing - ${domain}`)
    if (subject === undefined)
      throw new FedctlError('Usage', `${this.id} needs a domain or --subject to name the certificate.`)
    const places = toKeyMaterialPlaces({base, formats})
    if (!places.some(({isPrivate}) => isPrivate))
      throw new FedctlError('Usage', 'The private key would be lost: --format needs pem or pfx.')
    await refuseExisting(places, given.overwrite)
    const made: CertificateRecord[] = []
    const make = async (): Promise<void> => {
      const passphrase = given.unprotectedKey ? undefined : await newPassphrase(this.context, given.passphraseFile)
      const certificate = await makeKeyMaterial(this.context, {...given, base, formats, subject, passphrase})
      const file = (places.find(({isPrivate}) => !isPrivate) ?? places[0])?.path
      made.push(toCertificateRecord(certificate, {...(file && {file})}, this.context.now()))
    }
    return {
      plan: await this.plan(subject, [await planKeyMaterial(base, places)], {tenantId: ''}),
      resources: {'key material': keyMaterialResource(places, make)},
      async *result() {
        yield* made
      },
    }
  }
}
