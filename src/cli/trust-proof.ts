import type {KeyObject} from 'node:crypto'
import type {PlanContent} from '../lib/federation/plan-content.ts'
import type {TrustFacts} from '../lib/federation/trust-facts.ts'
import type {Finding} from '../lib/model/finding.ts'
import type {Step} from '../lib/plan/plan.ts'
import type {Context} from './context.ts'

/** The key that a trust is proven with, if any, and how it is opened. */
export interface ProofGiven {
  readonly signingKey?: string | undefined
  readonly passphraseFile?: string | undefined
}

/** How changes of trusts are proven by a token. */
export interface TrustProof {
  /** The key in a file, read once. */
  keyIn(path: string): Promise<KeyObject>
  /** The plan with the proof at its end, where a key was given and the directory takes tokens. */
  proven(content: PlanContent, facts: TrustFacts): Promise<PlanContent>
  /** What speaks against the proofs of a plan. */
  problems(steps: readonly Step[]): Promise<Finding[]>
}

/** Prepares the proof of a change; nothing is read before it is asked for. */
export function trustProof(context: Context, {signingKey, passphraseFile}: ProofGiven): TrustProof {
  const room = () => import('../lib/federation/plan-sign-in-proof.ts')
  const keys = new Map<string, Promise<KeyObject>>()
  const keyIn = (path: string): Promise<KeyObject> => {
    const key = keys.get(path) ?? readKey(context, path, passphraseFile)
    keys.set(path, key)
    return key
  }
  const problems = async (steps: readonly Step[]) =>
    steps.some(({proof}) => proof === true) ? (await room()).findProofProblems(steps, keyIn) : []
  return {
    keyIn,
    problems,
    async proven(content, facts) {
      if (signingKey === undefined || content.steps.length === 0) return content
      const {planSignInProof, proofNotPossible} = await room()
      if ((await context.signInClient()) === undefined)
        return {...content, findings: [...content.findings, proofNotPossible(facts.domain.name)]}
      const plan = planSignInProof(content, facts, signingKey)
      return {...plan, findings: [...plan.findings, ...(await problems(plan.steps))]}
    },
  }
}

async function readKey(context: Context, path: string, passphraseFile: string | undefined): Promise<KeyObject> {
  const {readKeyFile} = await import('./read-key-file.ts')
  return (await readKeyFile(context, path, passphraseFile)).privateKey
}
