import * as Flags from '@oclif/core/flags'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import {domainIdentity, optionalDomainArg} from '../cli/flags/domain.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {passphraseFlags} from '../cli/flags/passphrase.ts'
import {days} from '../cli/flags/value.ts'
import {listFileCertificates} from '../cli/list-file-certificates.ts'
import {
  type CertificateRecord,
  signingCertificateView,
  toCertificateRecord,
} from '../cli/views/signing-certificate-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {certificateSlots, listTrustCertificates} from '../lib/federation/list-trust-certificates.ts'

export default class GetSigningCertificate extends FedctlCommand<CertificateRecord> {
  static override topic = 'Certificates'
  static override summary = 'Get the signing certificates of federated domains, or of files, and how long they last.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --expires-within 30d',
    '<%= config.bin %> <%= command.id %> --file signing.pem',
  ]
  static override args = {domain: optionalDomainArg}
  static override flags = {
    ...domainIdentity,
    slot: Flags.option({summary: 'Only the current or the next one of each domain.', options: certificateSlots})(),
    file: Flags.string({
      summary: 'Those of this file instead: PEM, DER, base64 or PFX. Can be repeated.',
      multiple: true,
    }),
    ...passphraseFlags,
    'expires-within': days({summary: 'Only those that ended or will within so many days; exit code 7 if any.'}),
  }
  protected override readonly runsToTheEnd = true
  protected override readonly view = signingCertificateView

  override async *records(given: CommandParameters<typeof GetSigningCertificate>): AsyncIterable<CertificateRecord> {
    const {domain, slot, file, passphraseFile, expiresWithin} = given
    if (file !== undefined && (domain ?? slot) !== undefined)
      throw new FedctlError('Usage', '--file reads files, not the directory: no domain and no --slot.')
    const found =
      file === undefined
        ? listTrustCertificates(await this.context.graph(), domain)
        : listFileCertificates(this.context, file, passphraseFile)
    let count = 0
    for await (const {certificate, ...origin} of found) {
      const record = toCertificateRecord(certificate, origin, this.context.now())
      if ((slot ?? record.slot) !== record.slot || record.daysLeft >= (expiresWithin ?? Infinity)) continue
      count += 1
      yield record
    }
    if (expiresWithin !== undefined && count > 0)
      throw new FedctlError(
        'FindingsFound',
        `${count} of the certificates ended, or will within ${expiresWithin} days.`,
      )
  }
}
