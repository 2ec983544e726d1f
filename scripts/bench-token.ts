// How many tokens one CPU-second verifies: the judge beside xml-crypto alone and the libraries that others use, on the same tokens in one
// run. What counts are the ratios. The libraries are installed into a folder of this run, which is removed at its end.
//   npm run bench:token [-- COUNT]
import {X509Certificate} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DOMParser} from '@xmldom/xmldom'
import {SignedXml} from 'xml-crypto'
import {verifyToken} from '../src/lib/saml/verify-token.ts'
import {said, signToken, type TokenPlan} from '../test/parts/sign-token.ts'
import {rsaKey, signingIdentity} from '../test/parts/signing-identity.ts'
import {nodeSaml, type OtherJudge, passport, samlify} from './other-judges.ts'

const count = Number(process.argv[2] ?? 60)
const key = rsaKey()
const certificate = new X509Certificate((await signingIdentity(key)).certificate.der)
const now = Date.now()

type Work = (text: string) => Promise<unknown>

const plans: Record<string, TokenPlan> = {
  'WS-Federation, SAML 1.1': {},
  'SAML 2.0, assertion signed': {form: 'saml'},
  'SAML 2.0, both signed': {form: 'saml', signs: 'both'},
}

/** The times of a token moved to now: the libraries of others cannot be told the time. */
const current = (text: string): string =>
  text.replaceAll(/2026-11-21T\d\d:\d\d:\d\dZ/g, (time) =>
    new Date(now + Date.parse(time) - said.at.getTime()).toISOString(),
  )

async function judge(text: string): Promise<unknown> {
  const {issuer, audience, recipient, requestId} = said
  return verifyToken(text, {
    certificates: [certificate],
    issuer,
    audience,
    recipients: [recipient],
    requestId,
    at: new Date(),
  })
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

async function perCpuSecond(work: Work, text: string): Promise<number> {
  const start = process.cpuUsage()
  for (let done = 0; done < count; done += 1) await work(text)
  const {user, system} = process.cpuUsage(start)
  return count / ((user + system) / 1e6)
}

/** Whoever is measured accepts the token, and refuses it with one name changed. */
async function mustJudge(name: string, work: Work, text: string): Promise<void> {
  await work(text)
  const isRefused = await work(text.replace(said.userPrincipalName, 'admin@fabrikam.com')).then(
    () => false,
    () => true,
  )
  if (!isRefused) throw new Error(`${name} accepts a changed token`)
}

async function compare(text: string, judges: Readonly<Record<string, Work>>): Promise<void> {
  for (const [name, work] of Object.entries(judges)) await mustJudge(name, work, text)
  const best: Record<string, number> = {}
  // In turns, of which the best counts: whatever else the machine does only makes one slower. The first turn only warms up.
  for (let turn = 0; turn < 12; turn += 1)
    for (const [name, work] of Object.entries(judges)) {
      const figure = await perCpuSecond(work, text)
      if (turn > 0) best[name] = Math.max(best[name] ?? 0, figure)
    }
  const ours = best['fedctl'] ?? 0
  for (const [name, theirs] of Object.entries(best)) {
    console.log(
      `  ${name.padEnd(28)} ${theirs.toFixed(0).padStart(6)}  ratio ${(ours / theirs).toFixed(2).padStart(5)}`,
    )
  }
}

const folder = mkdtempSync(join(tmpdir(), 'fedctl-bench-'))
try {
  const others: OtherJudge[] = []
  for (const [name, load] of Object.entries({'node-saml 5.1.0': nodeSaml, 'samlify 2.13.1': samlify, passport})) {
    const found = load(folder, certificate)
    if (found === undefined) console.log(`missing: ${name} cannot be installed`)
    else others.push(found)
  }
  console.log('tokens verified per CPU-second; ratio: fedctl to this one')
  for (const [name, plan] of Object.entries(plans)) {
    const works = others.map((other) => [other.name, plan.form === 'saml' ? other.saml : other.wsFed] as const)
    const speaking = works.filter((work): work is readonly [string, Work] => work[1] !== undefined)
    console.log(name)
    const judges = {fedctl: judge, 'xml-crypto alone': libraryAlone, ...Object.fromEntries(speaking)}
    await compare(signToken(key, {...plan, assertion: current, response: current}), judges)
  }
} finally {
  rmSync(folder, {recursive: true, force: true})
}
