import * as Flags from '@oclif/core/flags'
import {type SigningKeySize, signingKeySizes} from '../../lib/certificates/create-self-signed.ts'
import {readSubject} from '../../lib/certificates/read-subject.ts'
import {keyMaterialFormats} from '../../lib/certificates/to-key-material.ts'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import {valueRead, wholeNumber} from './value.ts'

const keySize = Flags.custom<SigningKeySize>({
  helpValue: signingKeySizes.join('|'),
  async parse(text) {
    const size = signingKeySizes.find((one) => String(one) === text)
    if (size === undefined)
      throw new FedctlError('ValueMalformed', `"${text}" is not a key size: ${signingKeySizes.join(', ')}.`)
    return size
  },
})

const subjectName = Flags.custom<string>({
  helpValue: 'NAME',
  async parse(text) {
    valueRead(readSubject(text), text, 'a subject')
    return text
  },
})

/** What a new signing certificate can be told to be. */
export const newCertificateFlags = {
  subject: subjectName({summary: 'Its name, as CN=Token Signing, O=Contoso; from the domain when nothing is said.'}),
  'key-size': keySize({summary: 'Bits of the RSA key.', default: 2048}),
  'valid-days': wholeNumber(1)({summary: 'Days until it ends.', default: 365}),
  path: Flags.string({
    summary: 'Where the files go, without ending; the domain when nothing is said.',
    helpValue: 'NAME',
  }),
  format: Flags.option({
    summary: 'Only these files: pem is key and certificate. Can be repeated.',
    options: keyMaterialFormats,
    multiple: true,
    multipleNonGreedy: true,
  })(),
  overwrite: Flags.boolean({summary: 'Replace files that are there; those with a private key never are.'}),
  'unprotected-key': Flags.boolean({
    summary: 'Leave the private key without a passphrase: whoever gets the file can sign as you.',
    exclusive: ['passphrase-file'],
  }),
}
