import type {KeyObject} from 'node:crypto'
import {keyMatches} from '../certificates/key-matches.ts'
import {readCertificate} from '../certificates/read-certificates.ts'
import type {Finding} from '../model/finding.ts'
import type {Step} from '../plan/plan.ts'
import {federationSettingsKind, isSettingsState} from './federation-settings-resource.ts'
import {finalError, warning} from './found.ts'
import type {PlanContent} from './plan-content.ts'
import {signInProofKind, signInProofOf, signInProofStep} from './sign-in-proof-resource.ts'
import type {TrustFacts} from './trust-facts.ts'

/**
 * The plan with a proof at its end: a token for a user of the domain, signed with the key in a file, is presented to the trust that the
 * plan makes. A plan that makes no trust stays as it is; where nobody can be signed in, a finding says so. Pure.
 */
export function planSignInProof(content: PlanContent, facts: TrustFacts, signingKeyIn: string): PlanContent {
  const settings = content.steps.find(({kind}) => kind === federationSettingsKind)?.after ?? null
  if (!isSettingsState(settings)) return content
  const {issuerUri, signingCertificate, preferredAuthenticationProtocol} = settings
  // Without them the plan is forbidden anyway.
  if (typeof issuerUri !== 'string' || typeof signingCertificate !== 'string') return content
  const user = facts.users.find((one) => one.immutableId !== undefined && !one.blockCredential)
  if (user?.immutableId === undefined) return {...content, findings: [...content.findings, nobody(facts.domain.name)]}
  const {userPrincipalName: signedIn, immutableId} = user
  const protocol = preferredAuthenticationProtocol === 'Samlp' ? 'Samlp' : 'WsFed'
  const step = signInProofStep({signedIn, immutableId, issuerUri, protocol, signingCertificate, signingKeyIn})
  return {
    ...content,
    summary: [...content.summary, `At the end a token for ${signedIn} is presented; refused, it undoes everything.`],
    steps: [...content.steps, step],
  }
}

/** What speaks against presenting the tokens of a plan: a key that is not that of the signing certificate. Fails as `keyIn` does. */
export async function findProofProblems(
  steps: readonly Step[],
  keyIn: (path: string) => Promise<KeyObject>,
): Promise<Finding[]> {
  const problems: Finding[] = []
  for (const step of steps) {
    if (step.kind !== signInProofKind) continue
    const {signingCertificate, signingKeyIn} = signInProofOf(step.after)
    const reading = readCertificate(signingCertificate)
    if (reading.ok && !keyMatches(await keyIn(signingKeyIn), reading.value))
      problems.push(keyForeign(signingKeyIn, reading.value.subject))
  }
  return problems
}

const nobody = (domain: string): Finding =>
  warning(domain, {
    code: 'TrustNotProven',
    message: `No user of ${domain} has an immutable id and may sign in: the trust is not proven by a token.`,
    hint: 'Give a user one: fedctl set-user UPN --immutable-id ID.',
  })

const keyForeign = (file: string, subject: string): Finding =>
  finalError(file, {
    code: 'SigningKeyForeign',
    message: `${file} is not the key of the signing certificate ${subject}: no token signed with it would be accepted.`,
    hint: 'Give the key of that certificate; without --signing-key nothing is proven.',
  })

/** That the directory takes no tokens from us, as a finding: reading the trust back is all the proof there is. */
export const proofNotPossible = (domain: string): Finding => ({
  severity: 'information',
  code: 'TrustNotProven',
  subject: domain,
  message: 'This directory takes no tokens from fedctl: the trust is read back and not proven by a token.',
  hint: 'Let a user sign in when the directory has taken the change over.',
})
