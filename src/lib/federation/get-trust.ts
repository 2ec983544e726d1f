import {readCertificate} from '../certificates/read-certificates.ts'
import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {GraphClient} from '../graph/graph-client.ts'
import type {FederationSettings} from '../model/federation-settings.ts'

/** What a token must fit so that the directory takes it for the users of a domain. */
export interface DomainTrust {
  readonly settings: FederationSettings
  /** Those that can be read, the current one first. */
  readonly certificates: readonly SigningCertificate[]
}

/** The trust that holds for the users of a domain: its own, or for a subdomain its root's. Fails with NotFound when the domain is managed, or not there. */
export async function getTrust({domains, federationSettings}: GraphClient, name: string): Promise<DomainTrust> {
  const {rootDomain} = await domains.get(name)
  const settings = await federationSettings.find(rootDomain ?? name)
  if (settings === undefined)
    throw new FedctlError('NotFound', `The domain ${name} is managed: no identity provider signs its users in.`)
  const stored = [settings.signingCertificate, settings.nextSigningCertificate].filter((text) => text !== undefined)
  return {settings, certificates: stored.map(readCertificate).flatMap((one) => (one.ok ? [one.value] : []))}
}
