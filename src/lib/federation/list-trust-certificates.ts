import {readCertificate} from '../certificates/read-certificates.ts'
import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {GraphClient} from '../graph/graph-client.ts'

/** The places a trust has for certificates: what tokens are signed with, and what they will be signed with. */
export const certificateSlots = ['current', 'next'] as const
/** One of these places. */
export type CertificateSlot = (typeof certificateSlots)[number]

/** A certificate by which the directory checks the tokens of a domain's users. */
export interface TrustCertificate {
  readonly domain: string
  readonly slot: CertificateSlot
  readonly certificate: SigningCertificate
}

/**
 * The certificates of one federated domain, or of all of them: each current one before the next one. Fails with NotFound for a domain that
 * is not federated, and at the end with PartlyDone when some are stored that cannot be read.
 */
export async function* listTrustCertificates(graph: GraphClient, domain?: string): AsyncIterable<TrustCertificate> {
  const unreadable: string[] = []
  for await (const name of domain === undefined ? listFederated(graph) : [await getFederated(graph, domain)])
    for (const [slot, text] of await storedIn(graph, name)) {
      const reading = readCertificate(text)
      if (reading.ok) yield {domain: name, slot, certificate: reading.value}
      else unreadable.push(`${name}, ${slot} certificate: ${reading.problem}`)
    }
  if (unreadable.length > 0)
    throw new FedctlError('PartlyDone', 'Some of the stored signing certificates cannot be read.', {
      details: unreadable,
      hints: ['Store them again from the identity provider: fedctl set-domain-federation-settings.'],
    })
}

async function* listFederated({domains}: GraphClient): AsyncIterable<string> {
  for await (const {name, authentication} of domains.list()) if (authentication === 'Federated') yield name
}

async function getFederated({domains}: GraphClient, domain: string): Promise<string> {
  const {name, authentication} = await domains.get(domain)
  if (authentication === 'Federated') return name
  throw new FedctlError('NotFound', `${name} is not federated: it has no signing certificate.`)
}

/** A subdomain is federated with its root and has no settings of its own. */
async function storedIn({federationSettings}: GraphClient, domain: string): Promise<[CertificateSlot, string][]> {
  const {signingCertificate, nextSigningCertificate} = (await federationSettings.find(domain)) ?? {}
  const stored = {current: signingCertificate, next: nextSigningCertificate}
  return certificateSlots.flatMap((slot): [CertificateSlot, string][] => {
    const text = stored[slot]
    return text === undefined ? [] : [[slot, text]]
  })
}
