import * as Flags from '@oclif/core/flags'

/** How federation metadata is got and judged. */
export const metadataFlags = {
  'metadata-certificate': Flags.string({
    summary: 'The metadata must be signed by the certificate in this file; only what is signed is read.',
    helpValue: 'FILE',
  }),
  'signing-thumbprint': Flags.string({
    summary: 'The thumbprint of the certificate that signs now, when the metadata lists several.',
    helpValue: 'SHA1',
  }),
  'preferred-authentication-protocol': Flags.option({
    summary: 'By which protocol; WS-Federation where the provider speaks both.',
    options: ['WsFed', 'Samlp'] as const,
  })(),
  'allow-http': Flags.boolean({summary: 'Get the metadata by http, too (labs).'}),
}
