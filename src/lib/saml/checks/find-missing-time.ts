import type {Check} from '../check.ts'
import {readInstant} from '../read-instant.ts'
import type {SignedToken} from '../signed-token.ts'

/** Every time that must be there is there, and every one that is there is a time: no date never means any date. */
export const findMissingTime: Check<SignedToken> = ({claims}) => {
  const {issueInstant, conditions, authentications} = claims
  const needed = {
    'the time of its issue': issueInstant,
    'the beginning of its validity': conditions?.notBefore,
    'the end of its validity': conditions?.notOnOrAfter,
  }
  const absent = Object.entries(needed).find(([, text]) => readInstant(text) === undefined)
  if (absent !== undefined) return `${absent[0]} is absent or not a time`
  const others = authentications.flatMap(({instant, sessionNotOnOrAfter}) => [instant, sessionNotOnOrAfter])
  return others.some((text) => text !== undefined && readInstant(text) === undefined)
    ? 'a time of its authentication is not a time'
    : undefined
}
