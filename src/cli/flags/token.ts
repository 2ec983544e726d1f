import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import {domainName} from './value.ts'

/** The files of the tokens, in any form people keep them. */
export const tokenFiles = Args.string({
  description: 'Files of tokens: XML, base64, the page that posts it, or JSON of its fields.',
  multiple: true,
  ignoreStdin: true,
})

const time = Flags.custom<Date>({
  helpValue: 'TIME',
  async parse(text) {
    const at = new Date(text)
    if (!Number.isNaN(at.getTime()) && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text)) return at
    throw new FedctlError('ValueMalformed', `"${text}" is not a time as in 2026-11-21T12:00:00Z.`)
  },
})

/** By what a token is judged. */
export const tokenTrustFlags = {
  'domain-name': domainName({
    summary: 'Issuer and certificates as the directory has them for this domain, and its users.',
  }),
  certificate: Flags.string({
    summary: 'Or the certificate of the trust in this file; repeated, the next one.',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  issuer: Flags.string({summary: 'The issuer of the trust, with --certificate.', helpValue: 'URI'}),
  audience: Flags.string({
    summary: 'Whom it must be for; urn:federation:MicrosoftOnline when not given.',
    helpValue: 'URI',
  }),
  recipient: Flags.string({summary: 'Where it was posted, which it must name.', helpValue: 'URL'}),
  'request-id': Flags.string({summary: 'The request that it must answer (SAML 2.0).', helpValue: 'ID'}),
  at: time({summary: 'Judge it as at this time; now when not given.'}),
  'allow-sha1': Flags.boolean({summary: 'Accept a signature by SHA-1, with a warning.'}),
}
