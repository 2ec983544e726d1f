import {X509Certificate} from 'node:crypto'
import {TokenRefusal} from '../../src/lib/saml/token-refusal.ts'
import {verifyToken} from '../../src/lib/saml/verify-token.ts'
import {mutateToken, seededNumbers} from './mutate-token.ts'
import {said, signToken, type TokenPlan} from './sign-token.ts'
import {rsaKey, signingIdentity} from './signing-identity.ts'

/** What a run of mutations came to. */
export interface FuzzOutcome {
  readonly accepted: number
  readonly codes: Readonly<Record<string, number>>
  readonly slowestMilliseconds: number
  /** Accepted tokens that do not say what was signed, and failures that are no refusal; each with its number. */
  readonly wrong: readonly string[]
}

const plans: readonly TokenPlan[] = [
  {},
  {inclusivePrefixes: ['#default', 'saml']},
  {form: 'saml20InTrust'},
  {form: 'saml'},
  {form: 'saml', signs: 'response'},
  {form: 'saml', signs: 'both'},
]

/** Judges so many mutations of good tokens of every form; the same seed gives the same mutations of freshly signed tokens. */
export async function fuzzToken(count: number, seed: number): Promise<FuzzOutcome> {
  const key = rsaKey()
  const certificates = [new X509Certificate((await signingIdentity(key)).certificate.der)]
  const goods = plans.map((plan) => signToken(key, plan))
  const random = seededNumbers(seed)
  const codes: Record<string, number> = {}
  const wrong: string[] = []
  let accepted = 0
  let slowestMilliseconds = 0
  for (let number = 0; number < count; number += 1) {
    const text = mutateToken(goods[number % goods.length] ?? '', random)
    const start = performance.now()
    try {
      const {nameId, userPrincipalName, immutableId} = await verifyToken(text, {
        certificates,
        issuer: said.issuer,
        at: said.at,
      })
      accepted += 1
      const isSigned =
        nameId === said.immutableId && immutableId === nameId && userPrincipalName === said.userPrincipalName
      if (!isSigned) wrong.push(`${number}: accepted ${nameId} ${userPrincipalName}`)
    } catch (error) {
      if (error instanceof TokenRefusal) codes[error.problem] = (codes[error.problem] ?? 0) + 1
      else wrong.push(`${number}: ${error}`)
    }
    slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - start)
  }
  return {accepted, codes, slowestMilliseconds, wrong}
}
