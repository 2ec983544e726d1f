// How many tokens one CPU-second verifies: the judge beside xml-crypto alone, on the same tokens in one run. What counts is the ratio.
//   npm run bench:token [-- COUNT]
import {X509Certificate} from 'node:crypto'
import {DOMParser} from '@xmldom/xmldom'
import {SignedXml} from 'xml-crypto'
import {verifyToken} from '../src/lib/saml/verify-token.ts'
import {said, signToken, type TokenPlan} from '../test/parts/sign-token.ts'
import {rsaKey, signingIdentity} from '../test/parts/signing-identity.ts'

const count = Number(process.argv[2] ?? 300)
const key = rsaKey()
const certificate = new X509Certificate((await signingIdentity(key)).certificate.der)
const plans: Record<string, TokenPlan> = {
  'WS-Federation, SAML 1.1': {},
  'SAML 2.0, assertion signed': {form: 'saml'},
  'SAML 2.0, both signed': {form: 'saml', signs: 'both'},
}

async function judge(text: string): Promise<void> {
  await verifyToken(text, {certificates: [certificate], issuer: said.issuer, at: said.at})
}

/** What the library does at the least: parse, and verify each signature. No shape, no time, no audience, nothing read. */
async function libraryAlone(text: string): Promise<void> {
  const signatures = new DOMParser()
    .parseFromString(text, 'text/xml')
    .getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')
  for (const signature of Array.from(signatures)) {
    const verifier = new SignedXml({publicCert: certificate.toString(), idAttribute: 'AssertionID'})
    verifier.loadSignature(signature as unknown as string)
    if (!verifier.checkSignature(text)) throw new Error('a good token does not verify')
  }
}

async function perCpuSecond(work: (text: string) => Promise<void>, text: string): Promise<number> {
  const start = process.cpuUsage()
  for (let done = 0; done < count; done += 1) await work(text)
  const {user, system} = process.cpuUsage(start)
  return count / ((user + system) / 1e6)
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0

for (const [name, plan] of Object.entries(plans)) {
  const text = signToken(key, plan)
  // In turns, so that what disturbs one disturbs the other; the first turn only warms up.
  const turns: [number, number][] = []
  for (let turn = 0; turn < 6; turn += 1)
    turns.push([await perCpuSecond(judge, text), await perCpuSecond(libraryAlone, text)])
  const [ours, theirs] = [0, 1].map((at) => median(turns.slice(1).map((turn) => turn[at] ?? 0)))
  const ratio = (ours ?? 0) / (theirs ?? 1)
  console.log(
    `${name}: ${ours?.toFixed(0)} a CPU-second, xml-crypto alone ${theirs?.toFixed(0)}: ratio ${ratio.toFixed(2)}`,
  )
}
