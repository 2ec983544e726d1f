import type {Finding} from '../model/finding.ts'
import type {IdentityProviderDescription, ProviderRole} from './identity-provider-description.ts'

/** What a person should know of a description before it is trusted; pure. Certificates are judged where they are written. */
export function findMetadataProblems(
  {issuerUri, validUntil, roles}: Omit<IdentityProviderDescription, 'findings'>,
  now: Date,
): Finding[] {
  const findings = roles.flatMap((role) => [...findCertificateDoubts(role), ...findForeignAddress(role)])
  if (validUntil !== undefined && validUntil < now) {
    findings.push({
      severity: 'warning',
      code: 'MetadataExpired',
      message: `The metadata says it may be used until ${validUntil.toISOString()} only.`,
      hint: 'Get the document again from the identity provider.',
    })
  }
  const unique = new Map(findings.map((finding) => [finding.message, {...finding, subject: issuerUri}]))
  return [...unique.values()]
}

type Problem = Omit<Finding, 'subject'>

function findCertificateDoubts({certificates}: ProviderRole): Problem[] {
  const {current, next, toldApartBy, all} = certificates
  const problems: Problem[] = []
  if (toldApartBy === 'document order' || toldApartBy === 'encryption key') {
    problems.push({
      severity: 'warning',
      code: 'SigningCertificateGuessed',
      message: `${all.length} signing certificates are valid from the same moment; ${current.thumbprint} is taken as the current one by ${toldApartBy === 'document order' ? 'its place in the document' : 'the encryption key beside it'}.`,
      hint: 'Look up which one signs tokens, and name it: --signing-thumbprint. Either way both are stored, and tokens of both are taken.',
    })
  }
  const left = all.filter((one) => one !== current && one !== next)
  if (left.length > 0) {
    problems.push({
      severity: 'information',
      code: 'SigningCertificatesLeftOut',
      message: `Of ${all.length} signing certificates these are left out: ${left.map(({thumbprint}) => thumbprint).join(', ')}.`,
      hint: 'A domain has the current one and one that follows it. Name the current one with --signing-thumbprint if it is not the right one.',
    })
  }
  return problems
}

function findForeignAddress({passiveLogOnUri, activeLogOnUri}: ProviderRole): Problem[] {
  const [passive, active] = [passiveLogOnUri, activeLogOnUri].map((uri) => URL.parse(uri ?? '')?.hostname)
  if (passive === undefined || active === undefined || passive === active) return []
  return [
    {
      severity: 'warning',
      code: 'ActiveAddressElsewhere',
      message: `The active address is on another host (${active}) than the passive one (${passive}).`,
      hint: 'Passwords are sent to the active address. Make sure the host is yours, or give the address yourself: --active-log-on-uri.',
    },
  ]
}
