import type {Expectation} from './expected-token.ts'
import type {TokenProblemCode} from './token-problems.ts'
import {TokenRefusal} from './token-refusal.ts'

/** One check: why its subject is refused, in words that follow "is refused: " and hold nothing of the token; undefined when it passes. */
export type Check<Subject> = (subject: Subject, expected: Expectation) => string | undefined

/** A check and the code it refuses with. */
export type CodedCheck<Subject> = readonly [TokenProblemCode, Check<Subject>]

/** Runs checks in their order; throws TokenRefusal by the first that does not pass. */
export function refuseByFirst<Subject>(
  checks: readonly CodedCheck<Subject>[],
  subject: Subject,
  expected: Expectation,
): void {
  for (const [code, find] of checks) {
    const reason = find(subject, expected)
    if (reason !== undefined) throw new TokenRefusal(code, reason)
  }
}
