import {beforeAll, expect, test} from '@jest/globals'
import {writeBase64} from '../../../src/lib/certificates/write-pem.ts'
import {listTrustCertificates} from '../../../src/lib/federation/list-trust-certificates.ts'
import {openGraph} from '../../../src/lib/graph/graph-client.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

let stored: Record<string, {current?: string; next?: string} | undefined>
beforeAll(async () => {
  const key = rsaKey()
  const [current, next] = [await signingIdentity(key), await signingIdentity(key, {subject: 'CN=Next'})]
  const both = {current: writeBase64(current.certificate.der), next: writeBase64(next.certificate.der)}
  stored = {'a.test': both, 'sub.a.test': {}, 'b.test': undefined, 'c.test': {current: 'AAAA', next: both.next}}
})

/** A directory of these domains, as far as it is asked here. */
const graph = openGraph(async ({url}) => {
  const [, name = '', settings] = /\/domains\/?([^/?]*)(\/federationConfiguration)?/.exec(url) ?? []
  const toDomain = (id: string) => ({id, isVerified: true, authenticationType: stored[id] ? 'Federated' : 'Managed'})
  const {current, next} = stored[name] ?? {}
  const json = settings
    ? {value: current ? [{id: '1', issuerUri: 'urn:a', signingCertificate: current, nextSigningCertificate: next}] : []}
    : name === ''
      ? {value: Object.keys(stored).map(toDomain)}
      : toDomain(name)
  return {status: 200, headers: {'content-type': 'application/json'}, body: JSON.stringify(json)}
}, 'https://graph.test/v1.0')

async function found(domain?: string): Promise<string[]> {
  const seen: string[] = []
  try {
    for await (const {domain: name, slot, certificate} of listTrustCertificates(graph, domain))
      seen.push(`${name} ${slot} ${certificate.subject}`)
  } catch (error) {
    seen.push(`${(error as Error).message} ${(error as {details?: string[]}).details?.join('; ')}`)
  }
  return seen
}

test('gives the certificates of a federated domain, current before next', async () => {
  expect(await found('a.test')).toEqual(['a.test current CN=Token Signing - contoso.test', 'a.test next CN=Next'])
})

test('goes on after one that cannot be read, and names it at the end', async () => {
  expect(await found()).toEqual([
    'a.test current CN=Token Signing - contoso.test',
    'a.test next CN=Next',
    'c.test next CN=Next',
    'Some of the stored signing certificates cannot be read. c.test, current certificate: it holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX',
  ])
})

test('refuses a domain that is not federated', async () => {
  expect(await found('b.test')).toEqual(['b.test is not federated: it has no signing certificate. '])
})
