import {FedctlError} from '../errors/fedctl-error.ts'
import {type DomainName, readDomainName} from '../model/domain-name.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import type {FederatedDomain, RelyingParty} from './relying-party.ts'

/** What the directory says of a domain, and of the others it has federated. */
export interface TrustsOfDomain {
  readonly domain: {readonly name: string}
  /** Absent while the domain is managed. */
  readonly settings?: FederationSettings
  readonly otherTrusts: readonly {readonly domain: string; readonly settings: FederationSettings}[]
}

/** What is known of a domain that is about to be federated. */
export interface NewTrust {
  readonly replyAddress: string
  /** The issuer of this domain alone; absent: the provider's own. */
  readonly issuerUri?: string | undefined
  readonly passiveLogOnUri?: string | undefined
}

/**
 * The directory as the provider of this domain has to know it. The others are the domains that sign in at the same host, or all federated
 * ones when nobody knows the host yet; each keeps the issuer the directory expects of it.
 */
export function toRelyingParty({domain, settings, otherTrusts}: TrustsOfDomain, wanted: NewTrust): RelyingParty {
  const host = hostOf(wanted.passiveLogOnUri ?? settings?.passiveLogOnUri)
  const neighbours = otherTrusts.filter(
    (other) => host === undefined || hostOf(other.settings.passiveLogOnUri) === host,
  )
  return {
    replyAddress: wanted.replyAddress,
    domains: [toFederatedDomain(domain.name, wanted.issuerUri ?? settings?.issuerUri)],
    otherDomains: neighbours.map((other) => toFederatedDomain(other.domain, other.settings.issuerUri)),
  }
}

const toFederatedDomain = (name: string, issuerUri: string | undefined): FederatedDomain => ({
  name: nameOf(name),
  ...(issuerUri === undefined ? {} : {issuerUri}),
})

function nameOf(text: string): DomainName {
  const name = readDomainName(text)
  if (name.ok) return name.value
  throw new FedctlError(
    'ServiceFailure',
    `The directory has a domain "${text}", which is no domain name: ${name.problem}.`,
  )
}

const hostOf = (address: string | undefined): string | undefined => URL.parse(address ?? '')?.hostname
