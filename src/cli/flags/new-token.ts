import * as Flags from '@oclif/core/flags'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import type {Claim} from '../../lib/saml/claim.ts'
import {samlVersions} from '../../lib/saml/token-content.ts'
import {trustVersions} from '../../lib/saml/token-response.ts'
import {domainName, webAddress, wholeNumber} from './value.ts'

const claim = Flags.custom<Claim>({
  helpValue: 'TYPE=VALUE',
  async parse(text) {
    const [, type, value = ''] = /^([^=\s]+)=(.*)$/s.exec(text) ?? []
    if (type !== undefined) return {type, value}
    throw new FedctlError(
      'ValueMalformed',
      `"${text}" is not a claim as in http://schemas.xmlsoap.org/claims/UPN=ada@contoso.com.`,
    )
  },
})

/** A point in time of ISO 8601 with a time zone, so that it means the same on every machine. */
const instant = Flags.custom<Date>({
  helpValue: 'TIME',
  async parse(text) {
    const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    if (isWhole && !Number.isNaN(Date.parse(text))) return new Date(text)
    throw new FedctlError('ValueMalformed', `"${text}" is not a time as in 2026-11-21T12:00:00Z.`)
  },
})

/** What a token says. */
const contentFlags = {
  'domain-name': domainName({
    summary: "Take issuer and protocol from this domain's settings; else from those of the user's domain.",
  }),
  'immutable-id': Flags.string({
    summary: 'Whom the token is about; else the immutable id of the user.',
    helpValue: 'ID',
  }),
  claim: claim({summary: 'One more claim, in place of those of its type. Can be repeated.', multiple: true}),
  issuer: Flags.string({summary: 'Who says it.', helpValue: 'URI'}),
  audience: Flags.string({summary: 'For whom it is.', helpValue: 'URI', default: 'urn:federation:MicrosoftOnline'}),
  'not-before': instant({summary: 'From when it holds, and when it says it was issued; now when nothing is said.'}),
  'lifetime-minutes': wholeNumber(1)({summary: 'How long it holds.', default: 60}),
  'multi-factor': Flags.boolean({summary: 'Say that the user showed more than one factor.'}),
  recipient: webAddress({summary: 'SAML 2.0: where it will be posted; login.srf of the cloud when nothing is said.'}),
  'request-id': Flags.string({
    summary: 'SAML 2.0: which request it answers; none when nothing is said.',
    helpValue: 'ID',
  }),
}

/** How it is written. */
const formFlags = {
  protocol: Flags.option({
    summary: "WsFed or Samlp; the domain's own, or WsFed, when nothing is said.",
    options: ['WsFed', 'Samlp'] as const,
  })(),
  'trust-version': Flags.option({
    summary: 'WsFed: which WS-Trust; 2005 when nothing is said.',
    options: trustVersions,
  })(),
  'saml-version': Flags.option({summary: 'WsFed: which SAML; 1.1 when nothing is said.', options: samlVersions})(),
  'sign-response': Flags.boolean({summary: 'Samlp: sign the response too, not the assertion alone.'}),
}

/** What new-token takes besides the user. */
export const newTokenFlags = {
  ...contentFlags,
  ...formFlags,
  'signing-key': Flags.string({
    summary: 'Private key: PEM, DER or PFX.',
    helpValue: 'FILE',
    required: true,
  }),
  'signing-certificate': Flags.string({
    summary: "Its certificate; else the one beside the key, or the domain's that fits.",
    helpValue: 'FILE',
  }),
  out: Flags.string({summary: 'File of the token; only you can read it.', helpValue: 'FILE'}),
  overwrite: Flags.boolean({summary: 'Replace the file.', dependsOn: ['out']}),
}
