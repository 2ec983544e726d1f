import type {Queries} from '../../store/schema.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import type {TokenRequest} from './token-request.ts'

/**
 * Runs a change that uses something up. A refusal in it is kept, too, when it is returned, not thrown: what was taken back because it came
 * twice stays taken back.
 */
export async function redeem<Result extends object>(
  {call: {services}}: TokenRequest,
  work: (db: Queries) => Promise<Result | OAuthFailure>,
): Promise<Result> {
  const result = await services.store.change(work)
  if (result instanceof OAuthFailure) throw result
  return result
}
