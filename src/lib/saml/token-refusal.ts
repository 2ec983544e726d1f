import {FedctlError} from '../errors/fedctl-error.ts'
import {type TokenProblemCode, tokenProblems} from './token-problems.ts'

/** Why a token is refused: by which check, the number that the cloud would answer with, and words that hold nothing of the token. */
export class TokenRefusal extends FedctlError {
  readonly problem: TokenProblemCode
  readonly aadsts: number
  readonly reason: string

  constructor(problem: TokenProblemCode, reason: string) {
    super('Refused', `The token is refused (${problem}): ${reason}.`)
    this.problem = problem
    this.aadsts = tokenProblems[problem].aadsts
    this.reason = reason
  }
}
