import type {FederationSettings} from '../model/federation-settings.ts'
import type {Finding} from '../model/finding.ts'
import {issuerOfDomain} from '../relying-party/relying-party.ts'
import {finalError} from './found.ts'
import type {Trust} from './trust-facts.ts'
import {toDomainSettings, type WantedTrust} from './wanted-trust.ts'

/**
 * Whether the issuer is free, and whether all domains of one provider are told apart in the same way: once AD FS names an issuer for each
 * domain, tokens for a domain that expects the provider's own are refused, and the other way round. Pure.
 */
export function findIssuerProblems(domain: string, wanted: WantedTrust, otherTrusts: readonly Trust[]): Finding[] {
  const {issuerUri} = toDomainSettings(domain, wanted)
  if (issuerUri === undefined || issuerUri === '') return [issuerMissing(domain)]
  const plain = otherTrusts.find((other) => other.settings.issuerUri === wanted.settings.issuerUri)
  if (plain !== undefined && wanted.supportMultipleDomain) return [otherExpectsPlain(domain, plain)]
  const taken = otherTrusts.find((other) => other.settings.issuerUri === issuerUri)
  if (taken !== undefined) return [issuerTaken(domain, issuerUri, taken.domain)]
  const separate = otherTrusts.find((other) => isToldApart(other) && hasSameProvider(other.settings, wanted.settings))
  return separate === undefined || wanted.supportMultipleDomain || issuerUri === issuerOfDomain(domain)
    ? []
    : [providerNamesDomains(domain, separate)]
}

/** Whether two trusts lead to the same identity provider. */
export const hasSameProvider = (one: Partial<FederationSettings>, other: Partial<FederationSettings>): boolean =>
  hostOf(one.passiveLogOnUri) !== undefined && hostOf(one.passiveLogOnUri) === hostOf(other.passiveLogOnUri)

const hostOf = (address: string | undefined): string | undefined => URL.parse(address ?? '')?.host

const isToldApart = ({domain, settings}: Trust): boolean => settings.issuerUri === issuerOfDomain(domain)

const issuerMissing = (domain: string): Finding =>
  finalError(domain, {
    code: 'IssuerMissing',
    message: 'The issuer of the identity provider is missing.',
    hint: 'Give it with --issuer-uri, or read it from the provider with --metadata.',
  })

const issuerTaken = (domain: string, issuerUri: string, other: string): Finding =>
  finalError(domain, {
    code: 'IssuerTaken',
    message: `The issuer ${issuerUri} is already that of ${other}; every federated domain needs its own.`,
    hint: `When both use one AD FS, each needs an issuer of its own: fedctl set-domain-federation-settings ${other} --issuer-uri ${issuerOfDomain(other)}, then convert ${domain} with --support-multiple-domain.`,
  })

const otherExpectsPlain = (domain: string, {domain: other, settings}: Trust): Finding =>
  finalError(domain, {
    code: 'OtherDomainNotToldApart',
    message: `${other} uses the same provider and expects its own issuer, ${settings.issuerUri}: with --support-multiple-domain its users could no longer sign in.`,
    hint: `Bring ${other} to it first: fedctl set-domain-federation-settings ${other} --issuer-uri ${issuerOfDomain(other)}, together with the claim rules for several domains.`,
  })

const providerNamesDomains = (domain: string, {domain: other}: Trust): Finding =>
  finalError(domain, {
    code: 'SupportMultipleDomainNeeded',
    message: `The provider names an issuer for each domain, as ${other} expects: tokens for ${domain} would carry ${issuerOfDomain(domain)}.`,
    hint: 'Give --support-multiple-domain.',
  })
